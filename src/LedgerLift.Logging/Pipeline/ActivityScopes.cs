using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Logging;

/// <summary>What the framework's scope provider gives of an activity, under the same names, so that hosts see what they are used to.</summary>
internal static class ActivityScopes
{
    /// <summary>The scopes of an activity: ids, tags, baggage, as far as they are tracked.</summary>
    public static IEnumerable<object> Of(Activity activity, ActivityTrackingOptions tracking)
    {
        var ids = Ids(activity, tracking);
        if (ids.Count > 0)
            yield return State(ids);

        if (tracking.HasFlag(ActivityTrackingOptions.Tags) && activity.TagObjects.Any())
            yield return State([.. activity.TagObjects]);

        if (tracking.HasFlag(ActivityTrackingOptions.Baggage) && activity.Baggage.Any())
            yield return State([.. activity.Baggage.Select(static item => new KeyValuePair<string, object?>(item.Key, item.Value))]);
    }

    /// <summary>Pairs as the framework's scopes write them.</summary>
    public static string TextOf(IEnumerable<KeyValuePair<string, object?>> pairs) =>
        string.Join(", ", pairs.Select(static pair => $"{pair.Key}:{MessageValue.Of(pair.Value)}"));

    private static List<KeyValuePair<string, object?>> Ids(Activity activity, ActivityTrackingOptions tracking)
    {
        var isW3C = activity.IdFormat is ActivityIdFormat.W3C;
        var pairs = new List<KeyValuePair<string, object?>>();
        Add(ActivityTrackingOptions.SpanId, "SpanId", isW3C ? activity.SpanId.ToHexString() : activity.Id);
        Add(ActivityTrackingOptions.TraceId, "TraceId", isW3C ? activity.TraceId.ToHexString() : activity.RootId);
        Add(ActivityTrackingOptions.ParentId, "ParentId", isW3C ? activity.ParentSpanId.ToHexString() : activity.ParentId);
        Add(ActivityTrackingOptions.TraceState, "TraceState", activity.TraceStateString);
        Add(ActivityTrackingOptions.TraceFlags, "TraceFlags", activity.ActivityTraceFlags);
        return pairs;

        void Add(ActivityTrackingOptions option, string key, object? value)
        {
            if (tracking.HasFlag(option))
                pairs.Add(new(key, value ?? ""));
        }
    }

    // Judged as any scope: keys by name, values by form.
    private static Dictionary<string, object?> State(List<KeyValuePair<string, object?>> pairs)
    {
        var state = new LoggedDictionary();
        foreach (var (key, value) in pairs)
            state[key] = value;

        return state;
    }
}
