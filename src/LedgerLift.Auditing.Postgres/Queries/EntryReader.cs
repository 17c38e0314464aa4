using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Reads pages over the trail's own pool. Thread-safe.</summary>
internal sealed class EntryReader(NpgsqlDataSource source, string schema)
{
    internal async Task<AuditPage> ReadAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        try
        {
            var entries = await StaleConnections
                .RetryAsync(source, () => SelectAsync(query, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            if (entries.Count <= query.Filters.Limit)
                return new AuditPage(entries, NextCursor: null);
            entries.RemoveAt(entries.Count - 1);
            return new AuditPage(entries, query.CursorAfter(entries[^1]));
        }
        catch (NpgsqlException failure)
        {
            throw AuditFailure.Of(failure, "The audit trail cannot be read.");
        }
    }

    private async Task<List<AuditEntry>> SelectAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        var command = source.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            TrailSql.SetText(command, EntryQuery.Write(command.Parameters, schema, query));
            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                var entries = new List<AuditEntry>();
                while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                    entries.Add(EntryColumns.Read(rows));
                return entries;
            }
        }
    }
}
