using System.Buffers.Binary;
using System.Net.Sockets;

namespace LedgerLift.Testing;

/// <summary>The proxy's end of the connection to one peer.</summary>
internal sealed class PeerSocket : IDisposable
{
    private readonly Socket _socket;

    public PeerSocket(Socket socket)
    {
        _socket = socket;
        socket.NoDelay = true;
        socket.Blocking = false;
    }

    /// <summary>0: the peer has ended its side.</summary>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken stopped) => _socket.ReceiveAsync(buffer, stopped);

    /// <summary>Hands bytes to the kernel and says how many it took at once; 0 when its buffer is full.</summary>
    /// <exception cref="SocketException">The connection is gone.</exception>
    public int Send(ReadOnlySpan<byte> bytes)
    {
        var taken = _socket.Send(bytes, SocketFlags.None, out var error);
        return error is SocketError.Success or SocketError.WouldBlock ? taken : throw new SocketException((int)error);
    }

    /// <summary>Ends our side gracefully, behind what was sent.</summary>
    public void Fin()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The peer left first: it needs no end any more.
        }
    }

    /// <summary>Ends the connection with a reset.</summary>
    public void Rst()
    {
        try
        {
            _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Closed already; there is nobody to reset.
        }

        // With a timeout of zero: a plain close next to a pending receive shuts down first, and that sends an end instead of a reset.
        _socket.Close(timeout: 0);
    }

    /// <summary>Completes when the peer's kernel has acknowledged every byte sent, or after a limit (a peer that does not read).</summary>
    public async Task WhenAcknowledgedAsync(CancellationToken stopped)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (BytesUnderway() > 0 && TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(10))
            await Task.Delay(1, stopped);
    }

    public void Dispose() => _socket.Dispose();

    // struct tcp_info of linux/tcp.h: tcpi_unacked (segments) at byte 24, tcpi_notsent_bytes at 144. Elsewhere the kernel's word is not asked for.
    private long BytesUnderway()
    {
        const int tcp = 6;
        const int tcpInfo = 11;
        if (!OperatingSystem.IsLinux())
            return 0;
        Span<byte> info = stackalloc byte[148];
        var length = _socket.GetRawSocketOption(tcp, tcpInfo, info);
        return length < info.Length
            ? 0
            : (long)BinaryPrimitives.ReadUInt32LittleEndian(info[24..]) + BinaryPrimitives.ReadUInt32LittleEndian(info[144..]);
    }
}
