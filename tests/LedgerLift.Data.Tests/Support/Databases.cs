using LedgerLift.Resilience;
using LedgerLift.Testing;

namespace LedgerLift.Data.Tests;

/// <summary>Databases for tests: names of their own, and retries that are quick and many enough for a server that restarts.</summary>
internal static class Databases
{
    internal static DatabaseOptions Options(string connectionString, Action<DatabaseOptions>? change = null)
    {
        var options = new DatabaseOptions
        {
            ConnectionString = connectionString,
            Name = $"test-{Guid.NewGuid():N}",
            PoolSize = 5,
            MaxOverflow = 5,
            Retry = new RetryOptions
            {
                MaxRetries = 5,
                BaseDelay = TimeSpan.FromMilliseconds(20),
                MaxDelay = TimeSpan.FromMilliseconds(200),
            },
        };
        change?.Invoke(options);
        return options;
    }

    internal static PostgresDatabase Open(PostgresFixture postgres, Action<DatabaseOptions>? change = null, LogRecorder? logs = null) =>
        new(Options(postgres.ConnectionString, change), logs);

    internal static PostgresDatabase Open(
        PostgresFixture postgres,
        TcpFaultProxy proxy,
        Action<DatabaseOptions>? change = null,
        LogRecorder? logs = null
    ) => new(Options(postgres.Through(proxy), change), logs);

    internal static async Task<T> ReadAsync<T>(this DatabaseSession session, string sql, CancellationToken cancellationToken = default)
    {
        await using var command = session.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    internal static async Task<int> ExecuteAsync(this DatabaseSession session, string sql, CancellationToken cancellationToken = default)
    {
        await using var command = session.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
