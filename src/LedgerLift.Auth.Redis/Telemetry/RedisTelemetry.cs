using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LedgerLift.Auth.Redis;

/// <summary>Measurements and spans of the calls to the server. Tags come from closed sets; no user and no jti is ever a tag.</summary>
internal static class RedisTelemetry
{
    private const string Store = "redis";

    private static readonly Meter Meter = new(AuthRedisDiagnostics.MeterName);
    private static readonly ActivitySource Source = new(AuthRedisDiagnostics.ActivitySourceName);

    private static readonly Counter<long> Operations = Meter.CreateCounter<long>(
        "ledgerlift.auth.token.operations",
        "{operation}",
        "Operations of a token store by kind and outcome."
    );

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "ledgerlift.auth.token.operation.duration",
        "s",
        "How long an operation of a token store took, with all its tries.",
        tags: null,
        new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
        }
    );

    private static readonly Counter<long> Evictions = Meter.CreateCounter<long>(
        "ledgerlift.auth.token.evictions",
        "{entry}",
        "Tokens that a store ended by itself."
    );

    /// <summary>The time at which an operation began; 0 when nobody measures.</summary>
    internal static long Start(TimeProvider timeProvider) => Operations.Enabled || Duration.Enabled ? timeProvider.GetTimestamp() : 0;

    /// <summary>Live tokens that had to go because their user got one more than the limit.</summary>
    internal static void RecordEvictions(long count)
    {
        if (count > 0)
            Evictions.Add(
                count,
                new KeyValuePair<string, object?>("reason", "user_limit"),
                new KeyValuePair<string, object?>("store", Store)
            );
    }

    internal static Activity? StartSpan(RedisOperation operation)
    {
        if (!Source.HasListeners())
            return null;
        var span = Source.StartActivity(operation.Span, ActivityKind.Client);
        span?.SetTag("db.system.name", Store);
        return span;
    }

    /// <summary>Makes the caller's span the current one again, while the work of this one goes on.</summary>
    internal static void Leave(Activity? span)
    {
        if (span is not null)
            Activity.Current = span.Parent;
    }

    internal static void Stop(TimeProvider timeProvider, long started, Activity? span, RedisOperation operation, string outcome)
    {
        span?.SetTag("outcome", outcome);
        if (started == 0)
            return;
        TagList tags = default;
        tags.Add("operation", operation.Name);
        tags.Add("outcome", outcome);
        tags.Add("store", Store);
        Operations.Add(1, tags);
        Duration.Record(timeProvider.GetElapsedTime(started).TotalSeconds, tags);
    }

    internal static void Fail(Activity? span, string code)
    {
        span?.SetTag("error.type", code);
        span?.SetStatus(ActivityStatusCode.Error);
    }
}
