namespace LedgerLift.Testing;

/// <summary>
/// What went through one direction of one connection: what the proxy received from the sender, and what it delivered to the receiver. The delivered
/// bytes are what the receiver's side of the connection was given and no byte more; only a <see cref="Fault.Reset"/> that comes from outside, in
/// the middle of a send, can take bytes back that are counted here. Thread-safe.
/// </summary>
public sealed class ProxyTraffic
{
    private readonly Lock _lock = new();
    private readonly ByteLog _received;
    private readonly ByteLog _delivered;

    internal ProxyTraffic(int captureLimit) => (_received, _delivered) = (new ByteLog(captureLimit), new ByteLog(captureLimit));

    /// <summary>How many bytes came from the sender.</summary>
    public long Received => Ask(() => _received.Count);

    /// <summary>How many bytes were delivered to the receiver.</summary>
    public long Delivered => Ask(() => _delivered.Count);

    /// <summary>The bytes that came from the sender, in order, up to the proxy's capture limit.</summary>
    public byte[] ReceivedBytes() => Ask(_received.ToArray);

    /// <summary>The bytes delivered to the receiver, in order, up to the proxy's capture limit.</summary>
    public byte[] DeliveredBytes() => Ask(_delivered.ToArray);

    /// <summary>Whether <see cref="ReceivedBytes"/> and <see cref="DeliveredBytes"/> hold everything, the capture limit not having been reached.</summary>
    public bool IsCaptureWhole => Ask(() => _received.IsWhole && _delivered.IsWhole);

    internal void AddReceived(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
            _received.Add(bytes);
    }

    /// <summary>Sends and counts in one step, so that nobody sees a byte that is not counted or counts one that was not sent.</summary>
    internal int Deliver(PeerSocket to, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            var sent = to.Send(bytes);
            _delivered.Add(bytes[..sent]);
            return sent;
        }
    }

    private T Ask<T>(Func<T> question)
    {
        lock (_lock)
            return question();
    }
}
