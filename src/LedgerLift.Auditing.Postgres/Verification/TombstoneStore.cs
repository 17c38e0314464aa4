using System.Text;
using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Reads tombstones.</summary>
internal static class TombstoneStore
{
    /// <summary>All of them; null stands for one that cannot be read.</summary>
    internal static async Task<IReadOnlyList<AuditTombstone?>> ReadAsync(
        NpgsqlConnection connection,
        string schema,
        CancellationToken cancellationToken
    )
    {
        var tombstones = new List<AuditTombstone?>();
        var command = TrailSql.Command(connection, $"SELECT tombstone FROM {schema}.audit_tombstones ORDER BY kind, subject");
        await using (command.ConfigureAwait(false))
        {
            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                    tombstones.Add(StoredBatch.Try(() => AuditTombstone.FromJson(Encoding.UTF8.GetBytes(rows.GetString(0)))));
            }
        }

        return tombstones;
    }
}
