using System.Net.Sockets;
using System.Text;

namespace LedgerLift.Testing.Tests;

/// <summary>What a test does with its end of a connection; every wait is bounded.</summary>
internal static class PeerExtensions
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static Task SendTextAsync(this Socket socket, string text) => socket.SendAllAsync(Encoding.Latin1.GetBytes(text));

    public static async Task SendAllAsync(this Socket socket, byte[] bytes)
    {
        using var limit = new CancellationTokenSource(Limit);
        await socket.SendAsync(bytes, limit.Token);
    }

    public static async Task<string> ReadTextAsync(this Socket socket, int count)
    {
        using var limit = new CancellationTokenSource(Limit);
        var bytes = new byte[count];
        for (var read = 0; read < count; )
        {
            var got = await socket.ReceiveAsync(bytes.AsMemory(read), limit.Token);
            Assert.True(got > 0, $"The connection ended after {read} of {count} bytes.");
            read += got;
        }

        return Encoding.Latin1.GetString(bytes);
    }

    /// <summary>Reads until the other side ends, and says how.</summary>
    public static async Task<(string Text, Ending Ending)> ReadToEndAsync(this Socket socket)
    {
        var (bytes, ending) = await socket.ReadBytesToEndAsync();
        return (Encoding.Latin1.GetString(bytes), ending);
    }

    public static async Task<(byte[] Bytes, Ending Ending)> ReadBytesToEndAsync(this Socket socket)
    {
        using var limit = new CancellationTokenSource(Limit);
        var all = new List<byte>();
        var buffer = new byte[64 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer, limit.Token) is > 0 and var got)
                all.AddRange(buffer.AsSpan(0, got));
            return (all.ToArray(), Ending.Fin);
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return (all.ToArray(), Ending.Reset);
        }
    }
}
