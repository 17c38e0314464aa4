using System.Runtime.InteropServices;
using System.Text;
using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>A row of the batches, read but not believed.</summary>
internal sealed record StoredBatch(
    long Number,
    TrailPlace After,
    TrailPlace Last,
    ReadOnlyMemory<byte> Ids,
    ReadOnlyMemory<byte> LeafBytes,
    string Header,
    string Checkpoint
)
{
    internal const string Columns = "number, after_xact::text, after_id, last_xact::text, last_id, ids, leaves, header, checkpoint";

    internal const string ColumnsWithoutLeaves =
        "number, after_xact::text, after_id, last_xact::text, last_id, ''::bytea, ''::bytea, header, checkpoint";

    internal ReadOnlySpan<AuditHash> Leaves => MemoryMarshal.Cast<byte, AuditHash>(LeafBytes.Span);

    internal AuditBatch ReadHeader() => AuditBatch.FromJson(Encoding.UTF8.GetBytes(Header));

    internal AuditCheckpoint ReadCheckpoint() => AuditCheckpoint.FromJson(Encoding.UTF8.GetBytes(Checkpoint));

    internal int IdCount => Ids.Length / 16;

    internal Guid IdAt(int place) => new(Ids.Span.Slice(place * 16, 16), bigEndian: true);

    /// <summary>Where an entry was sealed in this batch; -1 when it was not.</summary>
    internal int PlaceOf(Guid id)
    {
        for (var place = 0; place < IdCount; place++)
        {
            if (IdAt(place) == id)
                return place;
        }

        return -1;
    }

    /// <summary>The header; null when it cannot be read.</summary>
    internal AuditBatch? TryReadHeader() => Try(ReadHeader);

    /// <summary>The checkpoint; null when it cannot be read.</summary>
    internal AuditCheckpoint? TryReadCheckpoint() => Try(ReadCheckpoint);

    /// <summary>What is read; null when somebody changed it to something that cannot be.</summary>
    internal static T? Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    internal static StoredBatch Read(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            Place(row, 1),
            Place(row, 3),
            row.GetFieldValue<byte[]>(5),
            row.GetFieldValue<byte[]>(6),
            row.GetString(7),
            row.GetString(8)
        );

    internal static TrailPlace Place(NpgsqlDataReader row, int column) =>
        new(ulong.Parse(row.GetString(column), System.Globalization.CultureInfo.InvariantCulture), row.GetGuid(column + 1));
}
