using System.Collections.Concurrent;
using System.Diagnostics;

namespace LedgerLift.Testing;

/// <summary>
/// Listens to activity sources from construction to disposal. Sources are shared by all tests of a process: a filter (by trace id, or by a tag
/// given at the start) keeps activities of tests running beside this one out. Thread-safe.
/// </summary>
public sealed class ActivityRecorder : IDisposable
{
    private readonly ConcurrentQueue<Activity> _started = new();
    private readonly ConcurrentQueue<Activity> _stopped = new();
    private readonly ActivityListener _listener;

    /// <summary>Starts to listen.</summary>
    /// <param name="sourceName">The source's name; a trailing <c>*</c> takes every source that starts so.</param>
    /// <param name="filter">Which activities to keep; null: all.</param>
    /// <param name="sampling">What the listener asks for; every activity with all its data by default.</param>
    public ActivityRecorder(
        string sourceName,
        Func<Activity, bool>? filter = null,
        ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded
    )
    {
        ArgumentNullException.ThrowIfNull(sourceName);
        _listener = new ActivityListener
        {
            ShouldListenTo = source => Matches(sourceName, source.Name),
            Sample = (ref _) => sampling,
            SampleUsingParentId = (ref _) => sampling,
            ActivityStarted = activity => Keep(_started, activity, filter),
            ActivityStopped = activity => Keep(_stopped, activity, filter),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The activities started, in order.</summary>
    public IReadOnlyList<Activity> Started => [.. _started];

    /// <summary>The activities that have ended, in order of their end.</summary>
    public IReadOnlyList<Activity> Stopped => [.. _stopped];

    /// <summary>Forgets what was recorded; keeps listening.</summary>
    public void Clear()
    {
        _started.Clear();
        _stopped.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static void Keep(ConcurrentQueue<Activity> queue, Activity activity, Func<Activity, bool>? filter)
    {
        if (filter is null || filter(activity))
            queue.Enqueue(activity);
    }

    private static bool Matches(string pattern, string name) =>
        pattern.EndsWith('*')
            ? name.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
            : name.Equals(pattern, StringComparison.Ordinal);
}
