using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LedgerLift.Logging;

/// <summary>What every event carries: the request, the trace and the span it belongs to; null for what there is none of.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EventContext(string? RequestId, string? TraceId, string? SpanId)
{
    /// <summary>The context of the running code.</summary>
    public static EventContext Current
    {
        get
        {
            var activity = Activity.Current;
            return activity is { IdFormat: ActivityIdFormat.W3C }
                ? new EventContext(RequestContext.RequestId, activity.TraceId.ToHexString(), activity.SpanId.ToHexString())
                : new EventContext(RequestContext.RequestId, TraceId: null, SpanId: null);
        }
    }

    /// <summary>Whether a scope is the one that the scope provider made of a context.</summary>
    public static bool IsScope(object? scope) => scope is RedactedLogState and [{ Key: LogKeys.RequestId or LogKeys.TraceId }, ..];

    /// <summary>How many of the three there are.</summary>
    public int Count => (RequestId is null ? 0 : 1) + (TraceId is null ? 0 : 2);

    /// <summary>The pair at a place.</summary>
    public KeyValuePair<string, object?> this[int index] =>
        (RequestId is null ? index + 1 : index) switch
        {
            0 => new(LogKeys.RequestId, RequestId),
            1 => new(LogKeys.TraceId, TraceId),
            _ => new(LogKeys.SpanId, SpanId),
        };
}
