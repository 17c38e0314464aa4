using System.Buffers;
using System.Text.Json;

namespace LedgerLift.Auditing;

/// <summary>Exports a sealed trail, as it is found, so that it can be verified offline: one JSON object a line. Not safe for several threads.</summary>
/// <remarks>In this order: the tombstones, then each batch with its entries, then <see cref="CompleteAsync"/>. Without that, a reader takes the file for cut off.</remarks>
public sealed class AuditTrailWriter
{
    private readonly Stream _output;
    private readonly string _origin;
    private readonly ArrayBufferWriter<byte> _buffer = new(64 << 10);
    private TrailPart _part = TrailPart.Start;
    private long _batches;
    private long _entries;

    /// <summary>Begins an export.</summary>
    /// <param name="output">Where it goes; stays open.</param>
    /// <param name="origin">The name of the trail.</param>
    /// <exception cref="ArgumentException"><paramref name="origin"/> is blank.</exception>
    public AuditTrailWriter(Stream output, string origin)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentException.ThrowIfNullOrWhiteSpace(origin);
        _output = output;
        _origin = origin;
    }

    /// <summary>Writes what was taken out by right.</summary>
    /// <param name="tombstone">The tombstone.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    /// <returns>A task that ends when it is written, or kept for the next write.</returns>
    /// <exception cref="InvalidOperationException">A batch was written already.</exception>
    public ValueTask WriteTombstoneAsync(AuditTombstone tombstone, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tombstone);
        Enter(TrailPart.Tombstones, allowed: _part is TrailPart.Start or TrailPart.Tombstones);
        return WriteAsync("tombstone", writer => TrailJson.WriteRaw(writer, "tombstone", tombstone.ToCanonicalJson()), cancellationToken);
    }

    /// <summary>Begins a batch.</summary>
    /// <param name="batch">The header as it is stored.</param>
    /// <param name="checkpoint">The checkpoint that is stored with it; null when it is gone.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    /// <returns>A task that ends when it is written, or kept for the next write.</returns>
    /// <exception cref="InvalidOperationException">The export was completed.</exception>
    public ValueTask WriteBatchAsync(AuditBatch batch, AuditCheckpoint? checkpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Enter(TrailPart.Batches, allowed: _part is not TrailPart.End);
        _batches++;
        return WriteAsync(
            "batch",
            writer =>
            {
                TrailJson.WriteRaw(writer, "batch", batch.ToCanonicalJson());
                if (checkpoint is not null)
                    TrailJson.WriteRaw(writer, "checkpoint", checkpoint.ToCanonicalJson());
            },
            cancellationToken
        );
    }

    /// <summary>Writes an entry of the batch that was begun last.</summary>
    /// <param name="index">Its place in the batch, from 0.</param>
    /// <param name="record">The entry as it is stored; null when it is gone.</param>
    /// <param name="storedLeaf">The leaf hash that the seal keeps for the place; null when it keeps none.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    /// <returns>A task that ends when it is written, or kept for the next write.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">No batch was begun, or the export was completed.</exception>
    public ValueTask WriteEntryAsync(int index, AuditRecord? record, AuditHash? storedLeaf, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        Enter(TrailPart.Batches, allowed: _part is TrailPart.Batches);
        _entries++;
        return WriteAsync(
            "entry",
            writer =>
            {
                writer.WriteNumber("index"u8, index);
                if (storedLeaf is { } leaf)
                    writer.WriteString("leaf"u8, leaf.ToString());
                if (record is not null)
                    TrailJson.WriteRecord(writer, record);
            },
            cancellationToken
        );
    }

    /// <summary>Ends the export.</summary>
    /// <param name="cancellationToken">Ends the wait; the export is then cut off.</param>
    /// <returns>A task that ends when all is written and the stream is flushed.</returns>
    /// <exception cref="InvalidOperationException">It was completed before.</exception>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken = default)
    {
        Enter(TrailPart.End, allowed: _part is not TrailPart.End);
        await WriteAsync(
                "end",
                writer =>
                {
                    writer.WriteNumber("batches"u8, _batches);
                    writer.WriteNumber("entries"u8, _entries);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await _output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Enter(TrailPart part, bool allowed)
    {
        if (!allowed)
            throw new InvalidOperationException("An export has its tombstones first, then each batch with its entries, then its end.");
        if (_part is TrailPart.Start)
            Append("trail", writer => writer.WriteString("origin"u8, _origin));
        _part = part;
    }

    private ValueTask WriteAsync(string kind, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        Append(kind, write);
        return _buffer.WrittenCount < 32 << 10 ? ValueTask.CompletedTask : FlushAsync(cancellationToken);
    }

    private void Append(string kind, Action<Utf8JsonWriter> write)
    {
        using (var writer = new Utf8JsonWriter(_buffer, TrailJson.WriterOptions))
        {
            writer.WriteStartObject();
            TrailJson.WriteKind(writer, kind);
            write(writer);
            writer.WriteEndObject();
        }

        CanonicalText.WriteAscii(_buffer, "\n"u8);
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _output.WriteAsync(_buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        _buffer.ResetWrittenCount();
    }
}
