using System.Diagnostics.Metrics;

namespace LedgerLift.Logging;

/// <summary>The package's instruments. Thread-safe.</summary>
internal static class LoggingMetrics
{
    private const string KindTag = "kind";

    private static readonly Meter s_meter = new(LoggingDiagnostics.MeterName);

    private static readonly Counter<long> s_redactions = s_meter.CreateCounter<long>(
        LoggingDiagnostics.RedactionsInstrument,
        "{value}",
        "Values that were hidden, by what they were."
    );

    private static readonly Counter<long> s_failures = s_meter.CreateCounter<long>(
        LoggingDiagnostics.FailuresInstrument,
        "{event}",
        "Log events that were written without their values, because these could not be judged."
    );

    /// <summary>Counts a hidden value.</summary>
    public static void Redacted(RedactionKind kind)
    {
        if (s_redactions.Enabled)
            s_redactions.Add(1, new KeyValuePair<string, object?>(KindTag, kind.Name()));
    }

    /// <summary>Counts an event that was written without its values.</summary>
    public static void Failed() => s_failures.Add(1);
}
