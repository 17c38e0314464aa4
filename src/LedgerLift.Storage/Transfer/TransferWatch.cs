using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Storage;

/// <summary>Ends a transfer that stands still, or takes too long altogether. Beats are cheap; one timer looks now and then. Thread-safe.</summary>
internal sealed class TransferWatch : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly TimeProvider _time;
    private readonly TimeSpan _stall;
    private readonly TimeSpan _total;
    private readonly long _started;
    private readonly ITimer _timer;
    private long _last;
    private string? _reason;

    /// <summary>Begins to watch.</summary>
    /// <param name="options">Gives the limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the transfer as well.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "Disposed with this.")]
    internal TransferWatch(StorageOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        (_time, _stall, _total) = (time, options.TransferStallTimeout, options.TransferTimeout);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _started = _last = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((TransferWatch)state!).Look(), this, _stall, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends when the transfer must.</summary>
    internal CancellationToken Token => _stop.Token;

    /// <summary>Something moved.</summary>
    internal void Beat() => Volatile.Write(ref _last, _time.GetTimestamp());

    /// <summary>Whether the watch ended the transfer.</summary>
    internal bool HasEnded => Volatile.Read(ref _reason) is not null;

    /// <summary>Why it did.</summary>
    internal TimeoutException ToTimeout(Exception cause) => new(Volatile.Read(ref _reason), cause);

    public void Dispose()
    {
        _timer.Dispose();
        _stop.Dispose();
    }

    private void Look()
    {
        var stalled = _time.GetElapsedTime(Volatile.Read(ref _last));
        var running = _time.GetElapsedTime(_started);
        if (running >= _total)
            End($"The transfer took longer than TransferTimeout ({_total:c}).");
        else if (stalled >= _stall)
            End($"No byte moved for TransferStallTimeout ({_stall:c}).");
        else
            Rearm(_stall - stalled, _total - running);
    }

    private void Rearm(TimeSpan untilStall, TimeSpan untilTotal)
    {
        try
        {
            _timer.Change(untilStall < untilTotal ? untilStall : untilTotal, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The transfer ended while the timer fired.
        }
    }

    private void End(string reason)
    {
        Volatile.Write(ref _reason, reason);
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The transfer ended while the timer fired.
        }
    }
}
