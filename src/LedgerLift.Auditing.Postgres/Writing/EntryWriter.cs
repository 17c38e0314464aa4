using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Writes entries over the trail's own pool. Thread-safe.</summary>
internal sealed class EntryWriter(NpgsqlDataSource source, EntrySql sql, TimeSpan timeout, TimeProvider time)
{
    // What a server that answers gets to hear of a cancelled statement.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Commits the entries in their order; those that are there already are left alone, so that it may be repeated, also while an attempt that was given up
    /// still runs.
    /// </summary>
    /// <exception cref="TimeoutException">The server does not even answer that it was told to stop.</exception>
    internal async Task WriteAsync(IReadOnlyList<PendingEntry> entries, CancellationToken cancellationToken)
    {
        var writing = TryTwiceAsync(entries, cancellationToken);
        try
        {
            // Npgsql asks the server to stop over a second connection and waits for that, as long as for any connection, when nothing comes back.
            await writing.WaitAsync(timeout + Grace, time, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            if (!writing.IsCompleted)
                Forget(writing);
        }
    }

    private static void Forget(Task writing) =>
        _ = writing.ContinueWith(
            static ended => ended.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );

    private async Task TryTwiceAsync(IReadOnlyList<PendingEntry> entries, CancellationToken cancellationToken)
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
