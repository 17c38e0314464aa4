using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace LedgerLift.Auth;

/// <summary>The token store's measurements. Tags come from closed sets; no user and no jti is ever a tag.</summary>
internal static class TokenTelemetry
{
    private const string Store = "memory";

    private static readonly Meter Meter = new(AuthDiagnostics.MeterName);

    private static readonly Counter<long> Operations = Meter.CreateCounter<long>(
        "ledgerlift.auth.token.operations",
        "{operation}",
        "Operations of a token store by kind and outcome."
    );

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "ledgerlift.auth.token.operation.duration",
        "s",
        "How long an operation of a token store took.",
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

    private static readonly Counter<long> Evictions = Meter.CreateCounter<long>(
        "ledgerlift.auth.token.evictions",
        "{entry}",
        "Entries that a token store ended by itself."
    );

    private static readonly ConditionalWeakTable<InMemoryTokenStore, object?> Stores = [];

    static TokenTelemetry() =>
        Meter.CreateObservableUpDownCounter(
            "ledgerlift.auth.token.entries",
            CountEntries,
            "{entry}",
            "Entries that the in-memory token stores hold."
        );

    internal static void Register(InMemoryTokenStore store) => Stores.Add(store, value: null);

    /// <summary>The time at which an operation began; 0 when nobody measures.</summary>
    internal static long Start(TimeProvider timeProvider) => Operations.Enabled || Duration.Enabled ? timeProvider.GetTimestamp() : 0;

    internal static void Stop(TimeProvider timeProvider, long started, string operation, string outcome)
    {
        if (started != 0)
            Record(timeProvider, started, operation, outcome);
    }

    // Not within the call that nobody measures.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Record(TimeProvider timeProvider, long started, string operation, string outcome)
    {
        TagList tags = default;
        tags.Add("operation", operation);
        tags.Add("outcome", outcome);
        tags.Add("store", Store);
        Operations.Add(1, tags);
        Duration.Record(timeProvider.GetElapsedTime(started).TotalSeconds, tags);
    }

    internal static void Evicted(TableChange change)
    {
        if (!Evictions.Enabled)
            return;
        Evicted(change.Expired, "expired");
        Evicted(change.Displaced, "capacity");
        Evicted(change.OverUserLimit, "user_limit");
    }

    private static void Evicted(int count, string reason)
    {
        if (count > 0)
            Evictions.Add(count, new KeyValuePair<string, object?>("reason", reason), new KeyValuePair<string, object?>("store", Store));
    }

    private static Measurement<long> CountEntries() =>
        new(Stores.Sum(static store => (long)store.Key.Held), new KeyValuePair<string, object?>("store", Store));
}
