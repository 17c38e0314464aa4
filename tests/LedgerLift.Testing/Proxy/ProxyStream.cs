using System.Buffers;
using System.Net.Sockets;
using System.Threading.Channels;

namespace LedgerLift.Testing;

/// <summary>
/// One direction of one connection: a reader that takes bytes from the sender and a writer that takes them through delay, rules and rate to the
/// receiver, in order. Only the writer delivers, so a position in the stream is exact.
/// </summary>
internal sealed class ProxyStream(ProxyConnection connection, ProxyLane lane, PeerSocket from, PeerSocket to, int captureLimit)
{
    private const int ChunkSize = 64 * 1024;

    private readonly Channel<Chunk> _chunks = Channel.CreateBounded<Chunk>(
        new BoundedChannelOptions(64) { SingleReader = true, SingleWriter = true }
    );
    private readonly StreamGate _gate = new(lane.Settings.Mode);
    private readonly RuleWatch _watch = new();
    private readonly RateLimit _rate = new(lane.Time);
    private volatile ReplyTrap? _trap;
    private volatile bool _senderReset;
    private volatile bool _endPassed;

    public ProxyTraffic Traffic { get; } = new(captureLimit);

    private ProxyStream Opposite => connection.Opposite(this);

    public void SettingsChanged() => _gate.Changes.Beat();

    public void SetMode(FlowMode mode) => _gate.Set(mode);

    /// <summary>Ends the receiver's side behind what has been delivered.</summary>
    public void End()
    {
        _gate.Set(FlowMode.Ended);
        to.Fin();
    }

    /// <summary>The reader, until the sender has ended.</summary>
    public async Task ReadAsync(CancellationToken stopped)
    {
        try
        {
            var more = true;
            while (more)
                more = await ReadChunkAsync(stopped) > 0;
        }
        finally
        {
            _chunks.Writer.Complete();
        }
    }

    private async ValueTask<int> ReadChunkAsync(CancellationToken stopped)
    {
        await _gate.WhileStalledAsync(stopped);
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        var count = await ReceiveAsync(buffer, stopped);
        Traffic.AddReceived(buffer.AsSpan(0, count));
        // Asked after the bytes arrived: a trap set before its request went out sees every byte of the reply.
        await _chunks.Writer.WriteAsync(new Chunk(buffer, count, lane.Time.GetTimestamp(), _trap is not null), stopped);
        return count;
    }

    private async ValueTask<int> ReceiveAsync(byte[] buffer, CancellationToken stopped)
    {
        try
        {
            return await from.ReceiveAsync(buffer, stopped);
        }
        catch (SocketException)
        {
            _senderReset = true;
            return 0;
        }
    }

    /// <summary>The writer, until everything read is delivered or has vanished.</summary>
    public async Task WriteAsync(CancellationToken stopped)
    {
        var delay = new ChunkDelay(lane, _gate);
        // Rules may fire before the first byte.
        await DeliverAsync(default, stopped);
        await foreach (var chunk in _chunks.Reader.ReadAllAsync(stopped))
        {
            await delay.WaitAsync(chunk, stopped);
            if (chunk.Withheld)
                await WithholdAsync(chunk.Bytes, stopped);
            else if (chunk.Length > 0)
                await DeliverAsync(chunk.Bytes, stopped);
            else
                await PassOnEndAsync(stopped);
            chunk.Return();
        }
    }

    private async ValueTask WithholdAsync(ReadOnlyMemory<byte> reply, CancellationToken stopped)
    {
        if (_trap is { } trap && trap.Springs(reply.Span))
            await MakeFaultAsync(trap.Rule, stopped);
    }

    private async ValueTask PassOnEndAsync(CancellationToken stopped)
    {
        if (!await _gate.PassesAsync(stopped))
            return;
        if (!_senderReset)
        {
            _endPassed = true;
            End();
            return;
        }

        await to.WhenAcknowledgedAsync(stopped);
        connection.Reset();
    }

    private async ValueTask DeliverAsync(ReadOnlyMemory<byte> bytes, CancellationToken stopped)
    {
        // What vanishes does not pass: no rule sees it.
        if (!bytes.IsEmpty && !await _gate.PassesAsync(stopped))
            return;
        _watch.Begin(bytes.Span, lane.Settings.Rules);
        var delivered = 0;
        while (_watch.Next(bytes.Span) is var (at, rule))
        {
            var fires = !(rule.DropsReply && Opposite._trap is not null) && rule.Decide();
            // Before the request's last byte goes out, so that no byte of the reply can slip past.
            if (fires && rule.DropsReply)
                Opposite._trap = new ReplyTrap(rule);
            if (!await SendAsync(bytes[delivered..at], stopped))
                return;
            delivered = at;
            if (fires && !rule.DropsReply)
                await MakeFaultAsync(rule, stopped);
        }

        await SendAsync(bytes[delivered..], stopped);
    }

    private async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken stopped)
    {
        while (!bytes.IsEmpty)
        {
            var piece = await _rate.NextAsync(bytes, lane.Settings.BytesPerSecond, stopped);
            if (!await _gate.PassesAsync(stopped))
                return false;
            var sent = TrySend(piece);
            bytes = bytes[sent..];
            // Full buffers have no event to wait for beside a gate that may close; a millisecond of loopback traffic fits into them.
            if (sent == 0)
                await Task.Delay(1, stopped);
        }

        return true;
    }

    private int TrySend(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return _gate.WhilePassing(() => Traffic.Deliver(to, bytes.Span));
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            _gate.Set(FlowMode.Ended);
            Opposite.SenderLost();
            return 0;
        }
    }

    // Told by the opposite direction, whose send found this one's sender gone: word of it passes only where bytes do.
    private void SenderLost()
    {
        if (_gate.Mode == FlowMode.Pass || _endPassed)
            connection.Reset();
    }

    private async ValueTask MakeFaultAsync(FaultRule rule, CancellationToken stopped)
    {
        // A reset would take back what is still under way.
        await to.WhenAcknowledgedAsync(stopped);
        switch (rule.Fault)
        {
            case Fault.Cut:
                connection.Cut();
                break;
            case Fault.CutDirection:
                End();
                break;
            case Fault.Reset:
                connection.Reset();
                break;
            case Fault.BlackHole:
                _gate.Set(FlowMode.BlackHole);
                break;
            default:
                _gate.Set(FlowMode.Stall);
                break;
        }

        rule.MarkFired(connection);
    }
}
