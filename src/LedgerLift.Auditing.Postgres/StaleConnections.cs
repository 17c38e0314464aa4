using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>After a restart of the server every idle connection of a pool is dead, and the first to use one hears of it. What may be repeated is, once.</summary>
internal static class StaleConnections
{
    internal static async Task<T> RetryAsync<T>(NpgsqlDataSource source, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (NpgsqlException failure) when (failure.IsTransient && !cancellationToken.IsCancellationRequested)
        {
            source.Clear();
            return await work().ConfigureAwait(false);
        }
    }
}
