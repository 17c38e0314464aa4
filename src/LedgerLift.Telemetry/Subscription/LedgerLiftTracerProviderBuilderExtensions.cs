using OpenTelemetry.Trace;

namespace LedgerLift.Telemetry;

/// <summary>Tracing with OpenTelemetry.</summary>
public static class LedgerLiftTracerProviderBuilderExtensions
{
    /// <summary>Listens to the spans of all LedgerLift packages and to those of requests (<c>Microsoft.AspNetCore</c>). Called again, also at the same time by other threads, it does nothing.</summary>
    /// <param name="builder">The host's tracing.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static TracerProviderBuilder AddLedgerLiftInstrumentation(this TracerProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        BuilderMarks.Once(builder, static each => each.AddSource(InstrumentationNames.Sources));
        return builder;
    }
}
