using System.Buffers;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text;

namespace LedgerLift.Storage;

/// <summary>
/// Reads a form (RFC 7578) as it comes: first the fields, then the one part <c>file</c>, of which nothing is kept in memory. Anything unusual is malformed. Not
/// thread-safe.
/// </summary>
internal sealed class FormReader(Stream body, string boundary)
{
    private const int MaxHeaderBytes = 8 * 1024;
    private const int MaxFieldBytes = 16 * 1024;
    private const int MaxFields = 64;

    private readonly PipeReader _pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
    private readonly byte[] _delimiter = Encoding.ASCII.GetBytes($"\r\n--{boundary}");

    /// <summary>The boundary of a form's content type, or null when it is none.</summary>
    internal static string? BoundaryOf(string? contentType)
    {
        if (
            !MediaTypeHeaderValue.TryParse(contentType, out var type)
            || !string.Equals(type.MediaType, "multipart/form-data", StringComparison.OrdinalIgnoreCase)
        )
            return null;
        var boundary = type.Parameters.FirstOrDefault(static parameter =>
            string.Equals(parameter.Name, "boundary", StringComparison.OrdinalIgnoreCase)
        );
        return boundary?.Value?.Trim('"') is { Length: > 0 and <= 70 } text && Ascii.IsValid(text) ? text : null;
    }

    /// <summary>The fields in front of the file; null when the form is malformed or has no file.</summary>
    internal async ValueTask<Dictionary<string, string>?> ReadFieldsAsync(CancellationToken cancellationToken)
    {
        // The first delimiter has no line in front of it.
        if (await TakeAsync(_delimiter.AsMemory(2), 0, cancellationToken).ConfigureAwait(false) is null)
            return null;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        while (fields.Count <= MaxFields)
        {
            if (await TakeAsync("\r\n"u8.ToArray(), 0, cancellationToken).ConfigureAwait(false) is null)
                return null;
            var head = await TakeAsync("\r\n\r\n"u8.ToArray(), MaxHeaderBytes, cancellationToken).ConfigureAwait(false);
            if (head is null || NameOf(head) is not { } name)
                return null;
            if (string.Equals(name, SignedNames.FormFile, StringComparison.Ordinal))
                return fields;
            var value = await TakeAsync(_delimiter, MaxFieldBytes, cancellationToken).ConfigureAwait(false);
            if (value is null || !fields.TryAdd(name, Encoding.UTF8.GetString(value)))
                return null;
        }

        return null;
    }

    /// <summary>Copies the file until its delimiter.</summary>
    /// <returns>False when the body ended before it, or the writer holds more than <paramref name="limit"/>.</returns>
    internal async ValueTask<bool> CopyFileAsync(ObjectFileWriter writer, long limit, CancellationToken cancellationToken)
    {
        while (writer.Length <= limit)
        {
            var result = await ReadAsync(cancellationToken).ConfigureAwait(false);
            var found = new SequenceReader<byte>(result.Buffer).TryReadTo(out ReadOnlySequence<byte> content, _delimiter);
            if (!found)
                // The end of what is here may be the beginning of the delimiter.
                content = result.Buffer.Slice(0, Math.Max(0, result.Buffer.Length - _delimiter.Length + 1));
            foreach (var segment in content)
                await writer.AppendAsync(segment, cancellationToken).ConfigureAwait(false);
            _pipe.AdvanceTo(content.End, result.Buffer.End);
            if (found || result.IsCompleted)
                return found;
        }

        return false;
    }

    private static string? NameOf(byte[] head)
    {
        foreach (var line in Encoding.UTF8.GetString(head).Split("\r\n"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (
                colon > 0
                && line.AsSpan(0, colon).Equals("content-disposition", StringComparison.OrdinalIgnoreCase)
                && ContentDispositionHeaderValue.TryParse(line[(colon + 1)..].Trim(), out var disposition)
            )
                return disposition.Name?.Trim('"');
        }

        return null;
    }

    /// <summary>What stands in front of a mark, which is passed; null when the mark does not come within so many bytes.</summary>
    private async ValueTask<byte[]?> TakeAsync(ReadOnlyMemory<byte> mark, int maxBytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await ReadAsync(cancellationToken).ConfigureAwait(false);
            var reader = new SequenceReader<byte>(result.Buffer);
            if (reader.TryReadTo(out ReadOnlySequence<byte> content, mark.Span))
            {
                var bytes = content.Length <= maxBytes ? content.ToArray() : null;
                _pipe.AdvanceTo(reader.Position);
                return bytes;
            }

            _pipe.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted || result.Buffer.Length > maxBytes + mark.Length)
                return null;
        }
    }

    private async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new SourceStreamException(failure);
        }
    }
}
