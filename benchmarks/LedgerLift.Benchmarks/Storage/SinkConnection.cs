using System.Net.Sockets;
using System.Text;

namespace LedgerLift.Benchmarks;

/// <summary>One connection of the sink: reads a head, throws the body away, answers. Allocates a few strings a request and nothing for bodies.</summary>
internal sealed class SinkConnection(DiscardingSink sink, Socket socket)
{
    private static readonly byte[] Continue = "HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray();

    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;

    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        using (socket)
        {
            try
            {
                while (await ReadHeadAsync(cancellationToken) is { } length)
                    await ServeOneAsync(length, cancellationToken);
            }
            catch (Exception ended) when (ended is SocketException or OperationCanceledException)
            {
                // The client went, or the sink was disposed.
            }
        }
    }

    private async Task ServeOneAsync(int headLength, CancellationToken cancellationToken)
    {
        var head = Encoding.ASCII.GetString(_buffer, _start, headLength);
        _start += headLength;
        if (head.Contains("100-continue", StringComparison.OrdinalIgnoreCase))
            await socket.SendAsync(Continue, cancellationToken);
        var length = LengthOf(head);
        var isPart = head.StartsWith("PUT", StringComparison.Ordinal);
        if (
            head.StartsWith("POST", StringComparison.Ordinal)
            && head.AsSpan(0, head.IndexOf('\n', StringComparison.Ordinal)).Contains("uploads", StringComparison.Ordinal)
        )
            sink.Begin();
        await DiscardAsync(length, cancellationToken);
        if (isPart)
            sink.Take(DecodedLengthOf(head) ?? length);
        await socket.SendAsync(Encoding.ASCII.GetBytes(AnswerTo(head)), cancellationToken);
    }

    private string AnswerTo(string head)
    {
        const string Start = "HTTP/1.1 200 OK\r\nETag: \"sink\"\r\nx-amz-request-id: sink\r\nContent-Length: ";
        if (head.StartsWith("HEAD", StringComparison.Ordinal))
            return $"{Start}{sink.Taken}\r\nLast-Modified: Fri, 21 Nov 2025 12:00:00 GMT\r\n\r\n";
        if (!head.StartsWith("POST", StringComparison.Ordinal))
            return $"{Start}0\r\n\r\n";
        var body = head.Contains("uploadId=", StringComparison.Ordinal)
            ? "<CompleteMultipartUploadResult><ETag>\"sink-2\"</ETag></CompleteMultipartUploadResult>"
            : "<InitiateMultipartUploadResult><UploadId>sink</UploadId></InitiateMultipartUploadResult>";
        return $"{Start}{body.Length}\r\n\r\n{body}";
    }

    private async Task DiscardAsync(long length, CancellationToken cancellationToken)
    {
        var rest = length - Math.Min(length, _end - _start);
        _start += (int)Math.Min(length, _end - _start);
        while (rest > 0)
        {
            var read = await socket.ReceiveAsync(_buffer.AsMemory(0, (int)Math.Min(rest, _buffer.Length)), cancellationToken);
            if (read == 0)
                throw new SocketException((int)SocketError.ConnectionReset);
            rest -= read;
        }
    }

    private async Task<int?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var end = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
                return end + 4;
            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            var read = await socket.ReceiveAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
                return null;
            _end += read;
        }
    }

    private static long LengthOf(string head) => NumberAfter(head, "\r\nContent-Length:") ?? 0;

    // Bodies in signed chunks are longer than what they carry.
    private static long? DecodedLengthOf(string head) => NumberAfter(head, "\r\nX-Amz-Decoded-Content-Length:");

    private static long? NumberAfter(string head, string name)
    {
        var at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        var text = head.AsSpan(at + name.Length).TrimStart(' ');
        return long.Parse(text[..text.IndexOf('\r')], System.Globalization.CultureInfo.InvariantCulture);
    }
}
