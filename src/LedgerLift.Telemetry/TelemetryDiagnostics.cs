namespace LedgerLift.Telemetry;

/// <summary>The names under which this package reports its measurements and its spans.</summary>
/// <remarks>Constants, safe to use from any thread. A host that subscribes to <c>LedgerLift.*</c> receives them all.</remarks>
public static class TelemetryDiagnostics
{
    /// <summary>The name of the meter: the same as the assembly's.</summary>
    public const string MeterName = "LedgerLift.Telemetry";

    /// <summary>The name of the activity source: the same as the assembly's.</summary>
    public const string ActivitySourceName = "LedgerLift.Telemetry";
}
