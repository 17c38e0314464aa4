using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>The rows of a scan, one at a time, with the place of the one at hand.</summary>
internal sealed class RowCursor : IAsyncDisposable
{
    private readonly CopyRows _rows;
    private readonly CanonicalHeader _header = new();

    private RowCursor(CopyRows rows) => _rows = rows;

    /// <summary>Whether there is a row at hand.</summary>
    internal bool IsAtRow { get; private set; }

    internal TrailPlace Place { get; private set; }

    internal Guid Id => Place.Id;

    /// <summary>The record at hand; valid until the cursor goes on.</summary>
    internal AuditRecord Record => RowRecord.Of(_rows, _header);

    [SuppressMessage("Reliability", "CA2000", Justification = "The cursor that is given back disposes the rows.")]
    internal static async Task<RowCursor> OpenAsync(NpgsqlConnection connection, string copy, CancellationToken cancellationToken) =>
        new(await RowScan.OpenAsync(connection, copy, cancellationToken).ConfigureAwait(false));

    internal async ValueTask MoveAsync(CancellationToken cancellationToken)
    {
        IsAtRow = await _rows.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (IsAtRow)
            Place = new TrailPlace(RowColumns.Xact(_rows), RowColumns.Id(_rows));
    }

    /// <summary>Whether there is a row at hand that is not behind a place.</summary>
    internal bool IsUpTo(TrailPlace last) => IsAtRow && Place <= last;

    /// <summary>A copy of the record at hand that stays valid.</summary>
    internal AuditRecord CopyRecord()
    {
        var record = Record;
        return new AuditRecord(record.Header.ToArray(), record.DetailsHash, Copy(record.Details), Copy(record.Salt));
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    private static ReadOnlyMemory<byte>? Copy(ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is not { } some)
            return null;
        return some.ToArray();
    }
}
