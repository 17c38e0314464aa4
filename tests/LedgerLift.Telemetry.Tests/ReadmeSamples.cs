using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace LedgerLift.Telemetry.Tests;

/// <summary>Further examples of the README.</summary>
public sealed class ReadmeSamples
{
    [Fact]
    public void Providers_of_ones_own()
    {
        #region readme-providers
        using var tracing = Sdk.CreateTracerProviderBuilder().AddLedgerLiftInstrumentation().AddOtlpExporter().Build();
        using var metrics = Sdk.CreateMeterProviderBuilder().AddLedgerLiftInstrumentation().AddOtlpExporter().Build();
        #endregion

        Assert.NotNull(tracing);
        Assert.NotNull(metrics);
    }

    [Fact]
    public void A_service_behind_a_proxy()
    {
        var services = new ServiceCollection();

        #region readme-addtraced
        services.AddTraced<IRates, Rates>();
        #endregion

        using var provider = services.BuildServiceProvider();
        Assert.Equal(2, provider.GetRequiredService<IRates>().Double(1));
    }

    internal interface IRates
    {
        int Double(int rate);
    }

    private sealed class Rates : IRates
    {
        public int Double(int rate) => 2 * rate;
    }
}
