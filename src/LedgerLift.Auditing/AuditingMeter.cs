using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LedgerLift.Auditing;

/// <summary>What this package measures. Tags come from closed sets; nothing that an entry says is ever a tag.</summary>
internal static class AuditingMeter
{
    private const string Store = "memory";

    private static readonly Meter Meter = new(AuditingDiagnostics.MeterName);

    private static readonly Counter<long> Entries = Meter.CreateCounter<long>(
        "ledgerlift.auditing.entries",
        "{entry}",
        "Actions that were handed to an audit logger, by how much of them was recorded."
    );

    private static readonly Counter<long> Dropped = Meter.CreateCounter<long>(
        "ledgerlift.auditing.dropped",
        "{entry}",
        "Entries that are gone, by reason."
    );

    private static readonly Counter<long> VerifyFailures = Meter.CreateCounter<long>(
        "ledgerlift.auditing.verify.failures",
        "{finding}",
        "What verifications found, by kind."
    );

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "ledgerlift.auditing.write.duration",
        "s",
        "How long the caller of an audit logger waited.",
        tags: null,
        new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries =
            [
                0.000001,
                0.00001,
                0.0001,
                0.0005,
                0.001,
                0.0025,
                0.005,
                0.01,
                0.025,
                0.05,
                0.1,
                0.25,
                0.5,
                1,
                2.5,
                5,
                10,
            ],
        }
    );

    /// <summary>The time at which a write began; 0 when nobody measures.</summary>
    internal static long Start(TimeProvider timeProvider) => Entries.Enabled || Duration.Enabled ? timeProvider.GetTimestamp() : 0;

    internal static void Written(TimeProvider timeProvider, long started, AuditLevel level)
    {
        if (started == 0)
            return;
        TagList tags = default;
        tags.Add("store", Store);
        tags.Add(
            "level",
            level switch
            {
                AuditLevel.None => "none",
                AuditLevel.Metadata => "metadata",
                _ => "full",
            }
        );
        Entries.Add(1, tags);
        Duration.Record(timeProvider.GetElapsedTime(started).TotalSeconds, tags);
    }

    internal static void PushedOut()
    {
        if (Dropped.Enabled)
            Dropped.Add(1, new KeyValuePair<string, object?>("store", Store), new KeyValuePair<string, object?>("reason", "capacity"));
    }

    internal static void Verified(AuditVerification verification)
    {
        if (!VerifyFailures.Enabled)
            return;
        foreach (var kind in verification.Tampers.CountBy(static tamper => tamper.Kind, StringComparer.Ordinal))
            VerifyFailures.Add(kind.Value, new KeyValuePair<string, object?>("kind", kind.Key));
    }
}
