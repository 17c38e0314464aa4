using System.Diagnostics.Metrics;

namespace LedgerLift.Data;

/// <summary>The measurements of one database that Npgsql does not make itself. Thread-safe.</summary>
internal sealed class SessionMetrics(string pool)
{
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10],
    };

    private static readonly Histogram<double> WaitTime = DataMeter.Instance.CreateHistogram(
        "db.client.connection.wait_time",
        "s",
        "Time to obtain a connection.",
        tags: null,
        Buckets
    );

    private static readonly Histogram<double> UseTime = DataMeter.Instance.CreateHistogram(
        "db.client.connection.use_time",
        "s",
        "Time between borrowing a connection and returning it.",
        tags: null,
        Buckets
    );

    private static readonly Counter<long> Leaked = DataMeter.Instance.CreateCounter<long>(
        "ledgerlift.data.sessions.leaked",
        "{session}",
        "Sessions that nobody disposed and the garbage collector found."
    );

    private static readonly Counter<long> Retries = DataMeter.Instance.CreateCounter<long>(
        "ledgerlift.data.retries",
        "{retry}",
        "Work that was run again, by what had failed."
    );

    private static readonly Counter<long> Reconciled = DataMeter.Instance.CreateCounter<long>(
        "ledgerlift.data.commits.reconciled",
        "{commit}",
        "Commits whose reply was lost, by what the lookup found."
    );

    private readonly KeyValuePair<string, object?> _pool = new("db.client.connection.pool.name", pool);

    public void RecordWait(TimeSpan time)
    {
        if (WaitTime.Enabled)
            WaitTime.Record(time.TotalSeconds, _pool);
    }

    public void RecordUse(TimeSpan time)
    {
        if (UseTime.Enabled)
            UseTime.Record(time.TotalSeconds, _pool);
    }

    public void RecordLeak() => Leaked.Add(1, _pool);

    public void RecordRetry(DatabaseFailure failure) => Retries.Add(1, _pool, new("ledgerlift.data.failure", Text(failure)));

    public void RecordReconciled(TransactionOutcome outcome) => Reconciled.Add(1, _pool, new("ledgerlift.data.outcome", Text(outcome)));

    internal static string Text(DatabaseFailure failure) =>
        failure switch
        {
            DatabaseFailure.NeverSent => "never_sent",
            DatabaseFailure.RolledBack => "rolled_back",
            DatabaseFailure.Ambiguous => "ambiguous",
            DatabaseFailure.NotPrimary => "not_primary",
            DatabaseFailure.StalePlan => "stale_plan",
            _ => "other",
        };

    internal static string Text(TransactionOutcome outcome) =>
        outcome switch
        {
            TransactionOutcome.Committed => "committed",
            TransactionOutcome.RolledBack => "rolled_back",
            _ => "unknown",
        };
}
