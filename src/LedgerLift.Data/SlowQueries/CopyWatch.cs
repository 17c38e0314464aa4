using System.Collections.Concurrent;
using System.Diagnostics;

namespace LedgerLift.Data;

/// <summary>
/// Hears of COPY operations. Npgsql's messages about them hold no SQL, its spans do; no other spans are asked for, so that commands do not pay for what nobody
/// records. Thread-safe.
/// </summary>
internal sealed class CopyWatch : IDisposable
{
    private const string Key = "ledgerlift";

    private readonly ConcurrentDictionary<int, RunningCopy> _running = new();
    private readonly ActivityListener _listener;
    private readonly SlowQueryMonitor _monitor;
    private readonly TimeProvider _time;

    public CopyWatch(SlowQueryMonitor monitor, TimeProvider time)
    {
        (_monitor, _time) = (monitor, time);
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => string.Equals(source.Name, "Npgsql", StringComparison.Ordinal),
            Sample = static (ref options) => IsCopy(options.Name) ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStarted = Started,
            ActivityStopped = Stopped,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>A COPY begins on this thread.</summary>
    public void Starting(int connector) => CopyStart.Note(this, connector);

    /// <summary>The connection is gone; the span of its COPY is never stopped.</summary>
    public void Broken(int connector)
    {
        if (_running.TryRemove(connector, out var copy))
            Report(copy, QueryOutcome.Failed);
    }

    public void Dispose() => _listener.Dispose();

    private static bool IsCopy(string name) => name.StartsWith("COPY", StringComparison.Ordinal);

    private void Started(Activity span)
    {
        if (!IsCopy(span.OperationName) || CopyStart.Take(this) is not { } connector)
            return;
        var copy = new RunningCopy(this, connector, span, _time.GetTimestamp());
        span.SetCustomProperty(Key, copy);
        _running[connector] = copy;
    }

    private void Stopped(Activity span)
    {
        if (
            span.GetCustomProperty(Key) is RunningCopy copy
            && ReferenceEquals(copy.Owner, this)
            && _running.TryRemove(KeyValuePair.Create(copy.Connector, copy))
        )
            Report(copy, span.Status == ActivityStatusCode.Error ? CommandEnd.Last() : QueryOutcome.Completed);
    }

    private void Report(RunningCopy copy, QueryOutcome outcome)
    {
        var duration = _time.GetElapsedTime(copy.StartedAt);
        if (_monitor.IsSlow(duration))
            _monitor.Report(copy.Sql, duration, outcome);
    }
}
