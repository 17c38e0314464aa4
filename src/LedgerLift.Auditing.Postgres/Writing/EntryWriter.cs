using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Writes entries over the trail's own pool. Thread-safe.</summary>
internal sealed class EntryWriter(NpgsqlDataSource source, EntrySql sql, TimeSpan timeout, TimeProvider time)
{
    /// <summary>Commits the entries in their order; those that are there already are left alone, so that it may be repeated.</summary>
    internal async Task WriteAsync(IReadOnlyList<PendingEntry> entries, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await InsertAsync(entries, both.Token).ConfigureAwait(false);
        }
        catch (NpgsqlException failure) when (failure.IsTransient && !both.IsCancellationRequested)
        {
            // After a restart of the server every idle connection is dead; the second try has a new one.
            source.Clear();
            await InsertAsync(entries, both.Token).ConfigureAwait(false);
        }
    }

    private async Task InsertAsync(IReadOnlyList<PendingEntry> entries, CancellationToken cancellationToken)
    {
        var command = source.CreateCommand(sql.InsertMany);
        await using (command.ConfigureAwait(false))
        {
            EntryParameters.Add(command.Parameters, entries);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
