using OpenTelemetry.Metrics;

namespace LedgerLift.Telemetry;

/// <summary>Metrics with OpenTelemetry.</summary>
public static class LedgerLiftMeterProviderBuilderExtensions
{
    /// <summary>Listens to the meters of all LedgerLift packages and to the framework's of requests (<c>Microsoft.AspNetCore.Hosting</c>). Called again, also at the same time by other threads, it does nothing.</summary>
    /// <param name="builder">The host's metrics.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static MeterProviderBuilder AddLedgerLiftInstrumentation(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        BuilderMarks.Once(builder, static each => each.AddMeter(InstrumentationNames.Meters));
        return builder;
    }
}
