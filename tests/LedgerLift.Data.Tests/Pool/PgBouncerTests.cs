using LedgerLift.Testing;
using Npgsql;

namespace LedgerLift.Data.Tests;

/// <summary>Through a real pgbouncer in transaction mode.</summary>
public sealed class PgBouncerTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Transactions_are_verified_and_limits_hold_in_them_only()
    {
        await postgres.ExecuteAsync("CREATE TABLE bounced (id int)");
        await using var database = Open();

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => InsertAsync(database, i)));

        Assert.All(results, timeout => Assert.Equal("1234ms", timeout));
        Assert.Equal(20L, await postgres.ReadAsync<long>("SELECT count(DISTINCT id) FROM bounced"));
        await using var session = await database.OpenSessionAsync(Cancellation);
        Assert.NotEqual("1234ms", await session.ReadAsync<string>("SHOW statement_timeout"));
    }

    [Fact]
    public async Task Limits_of_a_session_are_those_of_its_transaction_and_refused_without_one()
    {
        await using var database = Open();
        await using var session = await database.OpenSessionAsync(Cancellation);

        await Assert.ThrowsAsync<InvalidOperationException>(() => session.SetServerTimeoutsAsync(TimeSpan.FromSeconds(7)).AsTask());
        await session.BeginTransactionAsync(cancellationToken: Cancellation);
        await session.SetServerTimeoutsAsync(TimeSpan.FromSeconds(7), cancellationToken: Cancellation);
        Assert.Equal("7s", await session.ReadAsync<string>("SHOW statement_timeout"));
        await session.CommitAsync(Cancellation);

        Assert.NotEqual("7s", await session.ReadAsync<string>("SHOW statement_timeout"));
    }

    [Fact]
    public async Task Committing_an_aborted_transaction_throws()
    {
        await using var database = Open();

        await Assert.ThrowsAsync<TransactionRolledBackException>(async () =>
            await database.ExecuteInTransactionAsync(
                async (session, token) =>
                {
                    await Assert.ThrowsAsync<PostgresException>(() => session.ExecuteAsync("SELECT 1/0", token));
                    return 0;
                },
                cancellationToken: Cancellation
            )
        );
    }

    private static PostgresDatabase Open()
    {
        // A search path is a session's, and pgbouncer refuses it.
        var settings = new NpgsqlConnectionStringBuilder(ServerSettings.Load().Require(ServerSettings.PgBouncer));
        return new PostgresDatabase(
            Databases.Options(
                settings.ConnectionString,
                o => (o.Mode, o.StatementTimeout) = (PoolingMode.PgBouncer, TimeSpan.FromMilliseconds(1234))
            )
        );
    }

    private async Task<string> InsertAsync(PostgresDatabase database, int id) =>
        await database.ExecuteInTransactionAsync(
            async (session, token) =>
            {
                await session.ExecuteAsync($"INSERT INTO {postgres.Schema}.bounced VALUES ({id})", token);
                return await session.ReadAsync<string>("SHOW statement_timeout", token);
            },
            cancellationToken: Cancellation
        );
}
