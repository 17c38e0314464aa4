using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace LedgerLift.Storage;

/// <summary>
/// A connection that acknowledges the first bytes of every answer at once. Ceph's gateway writes some answers in two packets under Nagle's algorithm (RFC 896)
/// and holds the second back until the first is acknowledged; the system would wait 40 ms with that, for data to send along (RFC 1122, 4.2.3.2). Linux only.
/// One reader and one writer at a time.
/// </summary>
internal sealed class PromptStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    // From linux/tcp.h and linux/in.h. The option does not last: it holds until the connection looks like a conversation again.
    private const int Tcp = 6;
    private const int QuickAcknowledgement = 12;
    private static readonly byte[] On = BitConverter.GetBytes(1);

    private bool _asked;

    /// <summary>Connects to a server.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The stream owns it, or it is disposed here.")]
    internal static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return new PromptStream(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Volatile.Write(ref _asked, value: true);
        return base.WriteAsync(buffer, cancellationToken);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (Volatile.Read(ref _asked))
        {
            Volatile.Write(ref _asked, value: false);
            Acknowledge();
        }

        return read;
    }

    private void Acknowledge()
    {
        try
        {
            Socket.SetRawSocketOption(Tcp, QuickAcknowledgement, On);
        }
        catch (Exception refusal) when (refusal is SocketException or ObjectDisposedException)
        {
            // A system without it, or a connection that is closed already: the answer is as good, and perhaps slower.
        }
    }
}
