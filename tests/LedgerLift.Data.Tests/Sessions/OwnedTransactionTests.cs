using LedgerLift.Testing;
using Npgsql;

namespace LedgerLift.Data.Tests;

/// <summary>The transaction of <see cref="IDatabase.ExecuteInTransactionAsync"/> is not the work's to end.</summary>
public sealed class OwnedTransactionTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly string _table = $"t{Guid.NewGuid():N}";

    public static TheoryData<string> WaysToEndIt => ["commit", "rollback", "commit-sql", "rollback-sql", "dispose", "close"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(WaysToEndIt))]
    public async Task Ending_the_transaction_in_the_work_is_refused_and_never_repeated(string way)
    {
        await using var database = await OpenAsync();
        var runs = 0;

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await database.ExecuteInTransactionAsync(
                async (session, token) =>
                {
                    runs++;
                    await session.ExecuteAsync($"INSERT INTO {_table} VALUES (7)", token);
                    await EndAsync(session, way, token);
                    return 0;
                },
                cancellationToken: Cancellation
            )
        );

        Assert.Equal(1, runs);
        Assert.Equal(way.StartsWith("commit", StringComparison.Ordinal) ? 1L : 0L, await CountAsync());
    }

    [Fact]
    public async Task A_transient_failure_after_a_commit_of_the_works_own_is_not_repeated()
    {
        await using var database = await OpenAsync();
        var conflict = DatabaseFailureClassifierTests.Answer("40001");
        var runs = 0;

        var seen = await Assert.ThrowsAsync<PostgresException>(async () =>
            await database.ExecuteInTransactionAsync<int>(
                async (session, token) =>
                {
                    runs++;
                    await session.ExecuteAsync($"INSERT INTO {_table} VALUES (7)", token);
                    await session.Transaction!.CommitAsync(token);
                    throw conflict;
                },
                cancellationToken: Cancellation
            )
        );

        Assert.Same(conflict, seen);
        Assert.Equal((1, 1L), (runs, await CountAsync()));
    }

    [Fact]
    public async Task The_sessions_own_commit_and_rollback_are_refused_in_the_work()
    {
        await using var database = await OpenAsync();

        await database.ExecuteInTransactionAsync(
            async (session, token) =>
            {
                await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.CommitAsync(token));
                await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.RollbackAsync(token));
                await Assert.ThrowsAsync<InvalidOperationException>(async () =>
                    await session.BeginTransactionAsync(cancellationToken: token)
                );
                return 0;
            },
            cancellationToken: Cancellation
        );
    }

    [Theory]
    [InlineData("commit", true)]
    [InlineData("commit-sql", true)]
    [InlineData("commit", false)]
    public async Task A_commit_of_the_works_own_whose_reply_is_lost_is_refused_and_never_repeated(string way, bool took)
    {
        await using var proxy = postgres.StartProxy();
        await postgres.ExecuteAsync($"CREATE TABLE {_table} (id int)");
        await using var database = Databases.Open(postgres, proxy);
        var request = "COMMIT\0"u8.ToArray();
        using var rule = took
            ? proxy.DropReplyTo(request, Fault.Reset, replyUntil: "Z\0\0\0\x5I"u8)
            : proxy.ClientToServer.WhenPasses(request, Fault.Reset, deliver: false);
        var runs = 0;

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await database.ExecuteInTransactionAsync(
                async (session, token) =>
                {
                    runs++;
                    await session.ExecuteAsync($"INSERT INTO {_table} VALUES (7)", token);
                    await EndAsync(session, way, token);
                    return 0;
                },
                cancellationToken: Cancellation
            )
        );

        await rule.WaitAsync();
        Assert.IsAssignableFrom<NpgsqlException>(failure.InnerException);
        Assert.Equal((1, 1, took ? 1L : 0L), (rule.Fired, runs, await CountAsync()));
    }

    [Fact]
    public async Task Work_that_swallows_the_loss_of_its_connection_is_not_repeated()
    {
        await using var database = await OpenAsync();
        var runs = 0;

        var failure = await Assert.ThrowsAsync<TransactionRolledBackException>(async () =>
            await database.ExecuteInTransactionAsync(
                async (session, token) =>
                {
                    runs++;
                    await session.ExecuteAsync($"INSERT INTO {_table} VALUES (7)", token);
                    await postgres.ReadAsync<bool>($"SELECT pg_terminate_backend({session.Connection.ProcessID}, 5000)");
                    await Assert.ThrowsAnyAsync<NpgsqlException>(() => session.ExecuteAsync("SELECT 1", token));
                    return 0;
                },
                cancellationToken: Cancellation
            )
        );

        Assert.Equal(("transaction_aborted", 1, 0L), (failure.Code, runs, await CountAsync()));
    }

    private static async Task EndAsync(DatabaseSession session, string way, CancellationToken token)
    {
        await (
            way switch
            {
                "commit" => session.Transaction!.CommitAsync(token),
                "rollback" => session.Transaction!.RollbackAsync(token),
                "commit-sql" => session.ExecuteAsync("COMMIT", token),
                "rollback-sql" => session.ExecuteAsync("ROLLBACK", token),
                "dispose" => session.Transaction!.DisposeAsync().AsTask(),
                _ => session.Connection.CloseAsync(),
            }
        );
    }

    private async Task<PostgresDatabase> OpenAsync(Action<DatabaseOptions>? change = null)
    {
        await postgres.ExecuteAsync($"CREATE TABLE {_table} (id int)");
        return Databases.Open(postgres, change);
    }

    private Task<long> CountAsync() => postgres.ReadAsync<long>($"SELECT count(*) FROM {_table}");
}
