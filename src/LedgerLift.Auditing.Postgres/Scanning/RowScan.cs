using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>The COPY statements that read entries in the order of sealing.</summary>
internal static class RowScan
{
    /// <summary>
    /// Entries after a place that no transaction can precede any more: their transactions are older than every one that still runs, so that what is not there
    /// now will never be. The snapshot that the statement sees is the one it asks.
    /// </summary>
    internal static string Sealable(string schema, TrailPlace after, int limit) =>
        Copy(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"SELECT {RowColumns.List} FROM {schema}.audit_entries WHERE xact < pg_snapshot_xmin(pg_current_snapshot()) AND (xact, id) > {after.Sql} ORDER BY xact, id LIMIT {limit}"
            )
        );

    /// <summary>Entries after a place, up to another one.</summary>
    internal static string Between(string schema, TrailPlace after, TrailPlace last) =>
        Copy(
            $"SELECT {RowColumns.List} FROM {schema}.audit_entries WHERE (xact, id) > {after.Sql} AND (xact, id) <= {last.Sql} ORDER BY xact, id"
        );

    /// <summary>The entry with an id and a time, which is text of digits and signs only.</summary>
    internal static string One(string schema, Guid id, string timestamp) =>
        Copy($"SELECT {RowColumns.List} FROM {schema}.audit_entries WHERE ts = '{timestamp}+00'::timestamptz AND id = '{id:D}'::uuid");

    internal static async Task<CopyRows> OpenAsync(NpgsqlConnection connection, string copy, CancellationToken cancellationToken) =>
        new(await connection.BeginRawBinaryCopyAsync(copy, cancellationToken).ConfigureAwait(false), RowColumns.Count);

    private static string Copy(string select) => $"COPY ({select}) TO STDOUT (FORMAT BINARY)";
}
