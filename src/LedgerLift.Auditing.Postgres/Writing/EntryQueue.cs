using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace LedgerLift.Auditing.Postgres;

/// <summary>
/// Collects the entries of many callers and writes them together, one batch at a time, in the order in which they came. With a spill log, entries
/// outlive an outage on disk; as long as any is there, all later ones follow it there, and the disk is replayed before anything is written directly again.
/// </summary>
internal sealed class EntryQueue : IAsyncDisposable
{
    private readonly Channel<PendingEntry> _channel;
    private readonly BatchWriter _writer;
    private readonly PostgresAuditingOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _giveUp = new();
    private readonly Lock _lock = new();
    private volatile Task? _loop;
    private bool _isStarted;
    private Task<bool>? _more;

    internal EntryQueue(PostgresAuditingOptions options, BatchWriter writer, TimeProvider time)
    {
        (_options, _writer, _time) = (options, writer, time);
        _channel = Channel.CreateBounded<PendingEntry>(
            new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
        );
    }

    /// <summary>Entries that wait in memory.</summary>
    internal int Depth => _channel.Reader.Count;

    /// <summary>Begins to write; also what an earlier process left on disk.</summary>
    internal void Start()
    {
        if (_loop is not null)
            return;
        lock (_lock)
        {
            if (!_isStarted)
                _loop = Task.Run(() => RunAsync(_giveUp.Token), CancellationToken.None);
            _isStarted = true;
        }
    }

    /// <summary>Waits for room and then until the entry is durable.</summary>
    /// <exception cref="AuditException">It is not, or not for certain.</exception>
    internal async Task WriteAsync(AuditEntry entry, byte[] salt, CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _channel.Writer.WriteAsync(new PendingEntry(entry, salt, waiter), cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw BatchWriter.Stopped();
        }

        Start();
        await waiter.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Leaves the entry to memory; false when there is no room for it or nobody to take it.</summary>
    internal bool TryWrite(AuditEntry entry, byte[] salt)
    {
        if (!_writer.IsDirect || !_channel.Writer.TryWrite(new PendingEntry(entry, salt)))
            return false;
        Start();
        return true;
    }

    /// <summary>Takes no more entries, and waits until the waiting ones are durable or the time for it is over.</summary>
    [SuppressMessage("Usage", "VSTHRD003", Justification = "The loop is this object's own.")]
    public async ValueTask DisposeAsync()
    {
        if (!_channel.Writer.TryComplete())
            return;
        if (_channel.Reader.Count > 0)
            Start();
        if (_loop is { } loop)
        {
            var limit = _time.CreateTimer(
                static source => ((CancellationTokenSource)source!).Cancel(),
                _giveUp,
                _options.DrainTimeout,
                Timeout.InfiniteTimeSpan
            );
            await using (limit.ConfigureAwait(false))
                await loop.ConfigureAwait(false);
        }

        _writer.Dispose();
        _giveUp.Dispose();
    }

    private async Task RunAsync(CancellationToken giveUp)
    {
        _writer.Start();
        var batch = new List<PendingEntry>(_options.BatchSize);
        while (await WaitAsync().ConfigureAwait(false))
        {
            while (batch.Count < _options.BatchSize && _channel.Reader.TryRead(out var entry))
                batch.Add(entry);
            if (batch.Count > 0)
                await _writer.WriteAsync(batch, giveUp).ConfigureAwait(false);
            batch.Clear();
            // One step at a time: those who write meanwhile do not wait for the whole backlog.
            await _writer.ReplayAsync(giveUp).ConfigureAwait(false);
        }

        await _writer.ReplayAllAsync(giveUp).ConfigureAwait(false);
    }

    /// <summary>Waits for entries, with a backlog no longer than until the next try; false when there will be no more.</summary>
    private async Task<bool> WaitAsync()
    {
        var more = _more ??= _channel.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        if (!_writer.IsDirect && !more.IsCompleted)
        {
            using var pause = new CancellationTokenSource();
            var next = Task.Delay(_writer.UntilRetry, _time, pause.Token);
            if (await Task.WhenAny(more, next).ConfigureAwait(false) == next)
                return true;
            await pause.CancelAsync().ConfigureAwait(false);
        }

        _more = null;
        return await more.ConfigureAwait(false);
    }
}
