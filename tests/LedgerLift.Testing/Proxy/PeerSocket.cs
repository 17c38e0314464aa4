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
    public void Rst() => _socket.Close(timeout: 0);

    /// <summary>Completes when the peer's kernel has acknowledged every byte sent, or after a limit (a peer that does not read).</summary>
    public async Task WhenAcknowledgedAsync(CancellationToken stopped)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (HasBytesUnderWay() && TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(10))
            await Task.Delay(1, stopped);
    }

    public void Dispose() => _socket.Dispose();

    // struct tcp_info of linux/tcp.h: tcpi_unacked (segments) at byte 24, tcpi_notsent_bytes at 144. Elsewhere the kernel is not asked.
    private bool HasBytesUnderWay()
    {
        const int tcp = 6;
        const int tcpInfo = 11;
        const int unacknowledged = 24;
        const int notSent = 144;
        Span<byte> info = stackalloc byte[notSent + sizeof(uint)];
        return OperatingSystem.IsLinux()
            && _socket.GetRawSocketOption(tcp, tcpInfo, info) == info.Length
            && (BinaryPrimitives.ReadUInt32LittleEndian(info[unacknowledged..]) | BinaryPrimitives.ReadUInt32LittleEndian(info[notSent..]))
                != 0;
    }
}
