using Microsoft.Extensions.DependencyInjection;

namespace LedgerLift.Resilience.Tests;

/// <summary>The first examples of the README, compiled here, in a stranger's project and in a trimmed one.</summary>
internal static class ReadmeExample
{
    public static async Task RunAsync()
    {
        var services = new ServiceCollection();

        #region readme-register
        services.AddLedgerLiftResilience(
            "inventory",
            policy =>
            {
                policy.AttemptTimeout = TimeSpan.FromSeconds(5);
                policy.Retry.MaxRetries = 2;
            }
        );
        #endregion

        services.AddSingleton<Inventory>();
        services.AddSingleton<StockClient>();
        await using var provider = services.BuildServiceProvider();
        var count = await provider.GetRequiredService<StockClient>().CountAsync("A-17", CancellationToken.None);
        if (count != 4)
        {
            throw new InvalidOperationException($"4 expected, {count} counted.");
        }
    }

    #region readme-use
    internal sealed class StockClient([FromKeyedServices("inventory")] ResilienceExecutor resilience, Inventory inventory)
    {
        public ValueTask<int> CountAsync(string article, CancellationToken cancellationToken) =>
            resilience.ExecuteAsync(OperationSafety.Idempotent, token => inventory.AskAsync(article, token), cancellationToken);
    }
    #endregion

    /// <summary>Stands for what is called over a network.</summary>
    internal sealed class Inventory
    {
        public ValueTask<int> AskAsync(string article, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new ValueTask<int>(article.Length);
        }
    }
}
