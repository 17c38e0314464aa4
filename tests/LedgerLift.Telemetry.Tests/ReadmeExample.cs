using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace LedgerLift.Telemetry.Tests;

/// <summary>The first examples of the README, compiled here, in a stranger's project and in a trimmed one.</summary>
internal static class ReadmeExample
{
    public static async Task RunAsync()
    {
        var services = new ServiceCollection();

        #region readme-telemetry
        services.AddLedgerLiftTelemetry();
        #endregion

        using var source = new ActivitySource("Billing");
        var orders = new[] { 7, 9 };

        #region readme-traced
        var total = await Traced.RunAsync(source, "sum orders", async () => await SumAsync(orders));
        #endregion

        if (total != 16)
            throw new InvalidOperationException($"16 expected, {total} given.");
    }

    private static async Task<int> SumAsync(IEnumerable<int> orders)
    {
        await Task.Yield();
        return orders.Sum();
    }
}
