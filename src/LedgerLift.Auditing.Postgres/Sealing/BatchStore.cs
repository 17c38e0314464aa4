using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Reads and adds batches on a connection of the caller's.</summary>
internal sealed class BatchStore(string schema)
{
    private const int GroupSize = 32;
    private readonly string _select = $"SELECT {StoredBatch.Columns} FROM {schema}.audit_batches WHERE number >= $1 ORDER BY number";

    private readonly string _selectHeaders =
        $"SELECT {StoredBatch.ColumnsWithoutLeaves} FROM {schema}.audit_batches WHERE number >= $1 ORDER BY number";

    private readonly string _insert =
        $"INSERT INTO {schema}.audit_batches (number, after_xact, after_id, last_xact, last_id, ids, leaves, header, checkpoint) "
        + "VALUES ($1, $2::text::xid8, $3, $4::text::xid8, $5, $6, $7, $8, $9)";

    /// <summary>Headers and checkpoints from a number on, in order.</summary>
    internal IAsyncEnumerable<StoredBatch> ReadHeadersAsync(NpgsqlConnection connection, long from, CancellationToken cancellationToken) =>
        ReadAsync(connection, _selectHeaders, from, cancellationToken);

    /// <summary>Some whole rounds from a number on; none at the end.</summary>
    internal async Task<IReadOnlyList<StoredBatch>> ReadRoundsAsync(
        NpgsqlConnection connection,
        long from,
        CancellationToken cancellationToken
    )
    {
        var limit = GroupSize;
        while (true)
        {
            var sql = string.Create(CultureInfo.InvariantCulture, $"{_select} LIMIT {limit}");
            var group = new List<StoredBatch>(limit);
            await foreach (var batch in ReadAsync(connection, sql, from, cancellationToken).ConfigureAwait(false))
                group.Add(batch);
            if (group.Count < limit)
                return group;
            // The last round may go on behind the limit.
            var end = group[^1];
            group.RemoveAll(batch => batch.After == end.After && batch.Last == end.Last);
            if (group.Count > 0)
                return group;
            limit *= 4;
        }
    }

    /// <summary>One batch; null when it is gone.</summary>
    internal async Task<StoredBatch?> ReadOneAsync(NpgsqlConnection connection, long number, CancellationToken cancellationToken)
    {
        StoredBatch? found = null;
        await foreach (var batch in ReadAsync(connection, $"{_select} LIMIT 1", number, cancellationToken).ConfigureAwait(false))
            found = batch;
        return found?.Number == number ? found : null;
    }

    private static async IAsyncEnumerable<StoredBatch> ReadAsync(
        NpgsqlConnection connection,
        string sql,
        long from,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var command = TrailSql.Command(connection, sql, TrailSql.Value(from));
        await using (command.ConfigureAwait(false))
        {
            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                    yield return StoredBatch.Read(rows);
            }
        }
    }

    internal async Task InsertAsync(
        NpgsqlConnection connection,
        TrailPlace after,
        TrailPlace last,
        OpenBatch batch,
        AuditSeal seal,
        CancellationToken cancellationToken
    )
    {
        var insert = TrailSql.Command(
            connection,
            _insert,
            TrailSql.Value(seal.Batch.Number),
            TrailSql.Value(after.Xact.ToString(CultureInfo.InvariantCulture)),
            TrailSql.Value(after.Id),
            TrailSql.Value(last.Xact.ToString(CultureInfo.InvariantCulture)),
            TrailSql.Value(last.Id),
            TrailSql.Value(batch.Ids.ToArray()),
            TrailSql.Value(MemoryMarshal.AsBytes(batch.Leaves).ToArray()),
            TrailSql.Value(Encoding.UTF8.GetString(seal.Batch.ToCanonicalJson())),
            TrailSql.Value(Encoding.UTF8.GetString(seal.Checkpoint.ToCanonicalJson()))
        );
        await TrailSql.RunAsync(insert, cancellationToken).ConfigureAwait(false);
    }
}
