namespace LedgerLift.Logging;

/// <summary>The names under which this package reports its measurements and its spans.</summary>
/// <remarks>Constants, safe to use from any thread. A host that subscribes to <c>LedgerLift.*</c> receives them all.</remarks>
public static class LoggingDiagnostics
{
    /// <summary>The name of the meter: the same as the assembly's.</summary>
    public const string MeterName = "LedgerLift.Logging";

    /// <summary>The name of the activity source: the same as the assembly's.</summary>
    public const string ActivitySourceName = "LedgerLift.Logging";

    /// <summary>Counter, {value}: values that were hidden; tag <c>kind</c> names the <see cref="RedactionKind"/>: <c>email</c>, <c>cloud-key</c>.</summary>
    public const string RedactionsInstrument = "ledgerlift.logging.redactions";

    /// <summary>Counter, {event}: log events that were written without their values, because redaction failed.</summary>
    public const string FailuresInstrument = "ledgerlift.logging.failures";
}
