using System.Threading.Channels;

namespace LedgerLift.Data;

/// <summary>Takes the plans of slow queries one after the other, at most one a second, and then has the queries told with them. Thread-safe.</summary>
internal sealed class PlanQueue : IAsyncDisposable
{
    /// <summary>The least time between two plans.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const int LongestQueue = 4;

    private readonly Lock _lock = new();
    private readonly Channel<(string Sql, SlowQuery Query)> _waiting = Channel.CreateBounded<(string, SlowQuery)>(LongestQueue);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, CancellationToken, ValueTask<string?>> _read;
    private readonly Action<SlowQuery> _tell;
    private readonly TimeProvider _time;
    private readonly Task _working;
    private long? _takenAt;

    /// <summary>Starts to wait for queries.</summary>
    /// <param name="read">Reads the plan of a query; does not throw.</param>
    /// <param name="tell">Is given each query that was taken; does not throw.</param>
    /// <param name="time">The clock.</param>
    public PlanQueue(Func<string, CancellationToken, ValueTask<string?>> read, Action<SlowQuery> tell, TimeProvider time)
    {
        (_read, _tell, _time) = (read, tell, time);
        _working = Task.Run(WorkAsync, CancellationToken.None);
    }

    /// <summary>Takes a query, to tell of it later with its plan; false when it is none to plan, or too many come.</summary>
    public bool TryTake(string sql, SlowQuery query)
    {
        if (!SlowSelect.Is(sql))
            return false;
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            if (_takenAt is { } before && _time.GetElapsedTime(before, now) < Interval)
                return false;
            if (!_waiting.Writer.TryWrite((sql, query)))
                return false;
            _takenAt = now;
            return true;
        }
    }

    /// <summary>Tells of what still waits, without plans.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
#pragma warning disable VSTHRD003 // It was started by the constructor, waits for nobody's context, and has been told to end.
        await _working.ConfigureAwait(false);
#pragma warning restore VSTHRD003
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        await foreach (var (sql, query) in _waiting.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            var plan = _stop.IsCancellationRequested ? null : await _read(sql, _stop.Token).ConfigureAwait(false);
            _tell(query with { Plan = plan });
        }
    }
}
