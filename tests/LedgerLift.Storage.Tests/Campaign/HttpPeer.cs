using System.Net.Sockets;
using System.Text;

namespace LedgerLift.Storage.Tests;

/// <summary>One end of a connection through the gateway.</summary>
internal sealed class HttpPeer(Socket socket) : IDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private int _from;
    private int _to;

    /// <summary>The next head; null when the peer has closed.</summary>
    public async Task<HttpHead?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        while (true)
        {
            var line = await ReadLineAsync(cancellationToken);
            if (line is null)
                return null;
            if (line.Length == 2 && text.Length > 0)
                return new HttpHead(text.ToString());
            text.Append(line);
        }
    }

    public async Task WriteAsync(string text, CancellationToken cancellationToken) =>
        await _stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancellationToken);

    /// <summary>Takes bytes from here and gives them to another; to nobody when that is null.</summary>
    public async Task CopyAsync(long count, HttpPeer? to, Action<int>? onBytes, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            if (_from == _to && !await FillAsync(cancellationToken))
                throw new IOException("The peer closed in the middle of a body.");
            var take = (int)Math.Min(count, _to - _from);
            onBytes?.Invoke(take);
            if (to is not null)
                await to._stream.WriteAsync(_buffer.AsMemory(_from, take), cancellationToken);
            _from += take;
            count -= take;
        }
    }

    public async Task CopyChunksAsync(HttpPeer? to, CancellationToken cancellationToken)
    {
        while (true)
        {
            var line = await ReadLineAsync(cancellationToken) ?? throw new IOException("The peer closed in the middle of a chunk.");
            if (to is not null)
                await to.WriteAsync(line, cancellationToken);
            var size = Convert.ToInt64(line.Split(';')[0].Trim(), 16);
            await CopyAsync(size + 2, to, onBytes: null, cancellationToken);
            if (size == 0)
                return;
        }
    }

    /// <summary>Ends the connection so that the other side sees a reset, not an end.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    public void Dispose() => _stream.Dispose();

    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_from == _to && !await FillAsync(cancellationToken))
                return null;
            var letter = (char)_buffer[_from++];
            line.Append(letter);
            if (letter == '\n')
                return line.ToString();
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        (_from, _to) = (0, await _stream.ReadAsync(_buffer, cancellationToken));
        return _to > 0;
    }
}
