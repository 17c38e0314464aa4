using System.Security.Cryptography;

namespace LedgerLift.Auditing.Postgres;

/// <summary>A row as the record that is sealed. What a changed row may hold, however odd, becomes a record with another leaf and never an exception.</summary>
internal static class RowRecord
{
    private const int OnStack = 1024;

    /// <summary>The record; it lies in the row's buffer and the header's, and is valid until either goes on.</summary>
    internal static AuditRecord Of(CopyRows row, CanonicalHeader header) =>
        new(header.Write(row), DetailsHash(row), Optional(row, RowColumns.Details), Optional(row, RowColumns.Salt));

    // A conditional expression would make an empty memory of null: arrays, and so null, convert to memory.
    private static ReadOnlyMemory<byte>? Optional(CopyRows row, int column)
    {
        if (row.IsNull(column))
            return null;
        return row[column];
    }

    private static AuditHash DetailsHash(CopyRows row)
    {
        if (!row.IsNull(RowColumns.Erased))
            return row[RowColumns.Erased] is { Length: AuditHash.Length } erased ? new AuditHash(erased.Span) : AuditHash.Zero;
        return row.IsNull(RowColumns.Details) ? AuditHash.Zero : Hash(row[RowColumns.Salt].Span, row[RowColumns.Details].Span);
    }

    private static AuditHash Hash(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> details)
    {
        var length = salt.Length + details.Length;
        Span<byte> bytes = length <= OnStack ? stackalloc byte[length] : new byte[length];
        salt.CopyTo(bytes);
        details.CopyTo(bytes[salt.Length..]);
        Span<byte> hash = stackalloc byte[AuditHash.Length];
        SHA256.HashData(bytes, hash);
        return new AuditHash(hash);
    }
}
