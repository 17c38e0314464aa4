using LedgerLift.Resilience;
using LedgerLift.Testing;
using Npgsql;

namespace LedgerLift.Data.Tests;

/// <summary>The primary stops taking writes and a real standby is promoted, with connections to the old one in the pool.</summary>
[Collection(nameof(ServerKillers))]
public sealed class FailoverTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Attributes = "read-write";
    private const int NotPrimary = 3008;
    private readonly string _name = $"failover-{Guid.NewGuid():N}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task After_a_failover_the_pool_is_cleared_and_the_promoted_standby_used() =>
        FailOverAsync(
            recheckSeconds: 3600,
            wait: TimeSpan.Zero,
            async logs =>
            {
                Assert.NotEmpty(logs.WithId(NotPrimary));
                await Poll.UntilAsync(async () => await SessionsAsync(postgres.DataSource) == 0, cancellationToken: Cancellation);
            }
        );

    // Npgsql believes for so long what a host was when it was last asked, and then asks again before it hands out a connection.
    [Fact]
    public Task A_failover_that_is_found_by_asking_the_hosts_fails_no_statement() =>
        FailOverAsync(
            recheckSeconds: 1,
            wait: TimeSpan.FromSeconds(1.2),
            logs =>
            {
                Assert.Empty(logs.WithId(NotPrimary));
                return Task.CompletedTask;
            }
        );

    private async Task FailOverAsync(int recheckSeconds, TimeSpan wait, Func<LogRecorder, Task> assertAsync)
    {
        var servers = OwnedServers.Require();
        await using var standby = await FreshStandbyAsync(servers);
        await postgres.ExecuteAsync("DROP TABLE IF EXISTS moved; CREATE TABLE moved (id int)");
        var logs = new LogRecorder();
        await using var database = Open(standby, logs, recheckSeconds);
        Assert.Equal(1, await InsertAsync(database, 1));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => HoldAsync(database)));
        Assert.True(await SessionsAsync(postgres.DataSource) >= 4);
        await WaitForRowAsync(standby);
        try
        {
            await FenceAsync("ALTER SYSTEM SET default_transaction_read_only = on", "on");
            await servers.PromoteAsync("standby");
            await Task.Delay(wait, Cancellation);

            var rows = await Task.WhenAll(Enumerable.Range(2, 8).Select(id => InsertAsync(database, id)));

            Assert.All(rows, row => Assert.Equal(1, row));
            Assert.Equal(9L, await CountAsync(standby));
            Assert.Equal(1L, await CountAsync(postgres.DataSource));
            await assertAsync(logs);
        }
        finally
        {
            await FenceAsync("ALTER SYSTEM RESET default_transaction_read_only", "off");
        }
    }

    private static async Task<NpgsqlDataSource> FreshStandbyAsync(OwnedServers servers)
    {
        // A run before this one may have promoted it.
        await servers.RecreateAsync("standby");
        return NpgsqlDataSource.Create(ServerSettings.Load().Require(ServerSettings.PostgresStandby));
    }

    private static async Task HoldAsync(PostgresDatabase database) =>
        await database.ExecuteAsync(
            OperationSafety.Idempotent,
            (session, token) => new ValueTask<int>(session.ExecuteAsync("SELECT pg_sleep(0.2)", token)),
            Cancellation
        );

    private static async Task<int> InsertAsync(PostgresDatabase database, int id) =>
        await database.ExecuteInTransactionAsync(
            (session, token) => new ValueTask<int>(session.ExecuteAsync($"INSERT INTO moved VALUES ({id})", token)),
            cancellationToken: Cancellation
        );

    private PostgresDatabase Open(NpgsqlDataSource standby, LogRecorder logs, int recheckSeconds)
    {
        var settings = new NpgsqlConnectionStringBuilder(postgres.ConnectionString);
        var other = new NpgsqlConnectionStringBuilder(standby.ConnectionString);
        settings.Host = $"{settings.Host}:{settings.Port},{other.Host}:{other.Port}";
        settings.TargetSessionAttributes = Attributes;
        settings.HostRecheckSeconds = recheckSeconds;
        return new PostgresDatabase(Databases.Options(settings.ConnectionString, o => (o.Name, o.Retry.MaxRetries) = (_name, 20)), logs);
    }

    // As after a failover behind a fixed name: the old primary is still there, and refuses writes.
    private async Task FenceAsync(string sql, string expected)
    {
        await postgres.ExecuteAsync(sql);
        await postgres.ExecuteAsync("SELECT pg_reload_conf()");
        await Poll.UntilAsync(
            async () => await postgres.ReadAsync<string>("SHOW default_transaction_read_only") == expected,
            cancellationToken: Cancellation
        );
    }

    private async Task WaitForRowAsync(NpgsqlDataSource standby) =>
        await Poll.UntilAsync(async () => await CountAsync(standby) == 1, cancellationToken: Cancellation);

    private async Task<long> CountAsync(NpgsqlDataSource dataSource)
    {
        await using var command = dataSource.CreateCommand($"SELECT count(*) FROM {postgres.Schema}.moved");
        try
        {
            return (long)(await command.ExecuteScalarAsync(Cancellation))!;
        }
        catch (PostgresException early) when (early.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            return 0;
        }
    }

    private async Task<long> SessionsAsync(NpgsqlDataSource dataSource)
    {
        await using var command = dataSource.CreateCommand($"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{_name}'");
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
