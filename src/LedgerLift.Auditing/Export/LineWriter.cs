using System.Buffers;
using System.Text.Json;

namespace LedgerLift.Auditing;

/// <summary>Writes one object a line, many lines at a time.</summary>
internal sealed class LineWriter(Stream output, int flushAt)
{
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * flushAt);

    internal async Task<long> WriteAllAsync(IAsyncEnumerable<AuditEntry> entries, IExportForm form, CancellationToken cancellationToken)
    {
        long count = 0;
        await foreach (var entry in entries.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            Append(entry, form);
            count++;
            if (_buffer.WrittenCount >= flushAt)
                await FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        return count;
    }

    private void Append(AuditEntry entry, IExportForm form)
    {
        using (var writer = new Utf8JsonWriter(_buffer, TrailJson.WriterOptions))
            form.Write(writer, entry);
        CanonicalText.WriteAscii(_buffer, "\n"u8);
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await output.WriteAsync(_buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        _buffer.ResetWrittenCount();
    }
}
