using System.Collections.Concurrent;
using System.Diagnostics;

namespace LedgerLift.Data;

/// <summary>
/// Hears of COPY operations. Npgsql's messages about them hold no SQL, its spans do: a span is asked for just while one begins, so that commands do not pay for
/// what nobody records. Thread-safe.
/// </summary>
internal sealed class CopyWatch(SlowQueryMonitor monitor, TimeProvider time)
{
    private readonly ConcurrentDictionary<int, RunningCopy> _running = new();

    /// <summary>A COPY begins on this thread: its span is started next, on this thread too.</summary>
    public void Starting(int connector)
    {
        var copy = new RunningCopy(time.GetTimestamp());
        CopyStart.Note(copy);
        copy.Listener = new ActivityListener
        {
            ShouldListenTo = static source => string.Equals(source.Name, "Npgsql", StringComparison.Ordinal),
            Sample = (ref options) =>
                CopyStart.Is(copy) && options.Name.StartsWith("COPY", StringComparison.Ordinal)
                    ? ActivitySamplingResult.AllData
                    : ActivitySamplingResult.None,
            ActivityStarted = span => Started(copy, span),
        };
        _running[connector] = copy;
        ActivitySource.AddActivityListener(copy.Listener);
    }

    /// <summary>A COPY has ended, well or not.</summary>
    public void Completed(int connector)
    {
        if (_running.TryRemove(connector, out var copy))
            Report(copy, copy.Span?.Status == ActivityStatusCode.Error ? CommandEnd.Last() : QueryOutcome.Completed);
    }

    /// <summary>The connection is gone, and with it the COPY that ran on it.</summary>
    public void Broken(int connector)
    {
        if (_running.TryRemove(connector, out var copy))
            Report(copy, QueryOutcome.Failed);
    }

    private static void Started(RunningCopy copy, Activity span)
    {
        // Spans are also started on other threads, for other listeners and for other copies.
        if (!CopyStart.Take(copy))
            return;
        copy.Span = span;
        copy.Listener?.Dispose();
    }

    private void Report(RunningCopy copy, QueryOutcome outcome)
    {
        copy.Listener?.Dispose();
        var duration = time.GetElapsedTime(copy.StartedAt);
        if (monitor.IsSlow(duration))
            monitor.Report(copy.Sql, duration, outcome);
    }
}
