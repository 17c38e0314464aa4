using System.Data;
using LedgerLift.Testing;
using Npgsql;

namespace LedgerLift.Data.Tests;

/// <summary>Transactions on a healthy server: who ends them, and what callers see.</summary>
public sealed class TransactionTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly string _table = $"t{Guid.NewGuid():N}";

    public static TheoryData<CommitSafety> Safeties => [CommitSafety.None, CommitSafety.Probe, CommitSafety.Verified];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Safeties))]
    public async Task What_returns_is_committed_and_its_value_is_the_works(CommitSafety safety)
    {
        await using var database = await OpenAsync(o => o.CommitSafety = safety);

        var value = await database.ExecuteInTransactionAsync(
            async (session, token) =>
            {
                await session.ExecuteAsync($"INSERT INTO {_table} VALUES (7)", token);
                return 42;
            },
            cancellationToken: Cancellation
        );

        Assert.Equal((42, 1L), (value, await CountAsync()));
        Assert.Equal(0, database.GetPoolSnapshot().InUse);
    }

    [Theory]
    [InlineData(CommitSafety.Probe)]
    [InlineData(CommitSafety.Verified)]
    public async Task Committing_an_aborted_transaction_throws(CommitSafety safety)
    {
        await using var database = await OpenAsync(o => o.CommitSafety = safety);
        var runs = 0;

        var failure = await Assert.ThrowsAsync<TransactionRolledBackException>(async () =>
            await database.ExecuteInTransactionAsync(
                async (session, token) =>
                {
                    runs++;
                    await session.ExecuteAsync($"INSERT INTO {_table} VALUES (7)", token);
                    await Assert.ThrowsAsync<PostgresException>(() => session.ExecuteAsync("SELECT 1/0", token));
                    return 0;
                },
                cancellationToken: Cancellation
            )
        );

        Assert.Equal(("transaction_aborted", false, 1), (failure.Code, failure.IsTransient, runs));
        Assert.Equal(0L, await CountAsync());
    }

    [Theory]
    [MemberData(nameof(Safeties))]
    public async Task A_session_commits_by_hand(CommitSafety safety)
    {
        await using var database = await OpenAsync(o => o.CommitSafety = safety);
        await using (var session = await database.OpenSessionAsync(Cancellation))
        {
            await session.BeginTransactionAsync(cancellationToken: Cancellation);
            await session.ExecuteAsync($"INSERT INTO {_table} VALUES (1)");
            await session.CommitAsync(Cancellation);
            Assert.Null(session.Transaction);
            await session.BeginTransactionAsync(cancellationToken: Cancellation);
            await session.ExecuteAsync($"INSERT INTO {_table} VALUES (2)");
            await session.RollbackAsync(Cancellation);
            await session.BeginTransactionAsync(cancellationToken: Cancellation);
            await session.ExecuteAsync($"INSERT INTO {_table} VALUES (3)");
        }

        Assert.Equal(1L, await CountAsync());
    }

    [Fact]
    public async Task The_works_own_exception_is_the_same_object_and_nothing_is_written()
    {
        await using var database = await OpenAsync();
        var thrown = new FormatException("mine");

        var seen = await Assert.ThrowsAsync<FormatException>(async () =>
            await database.ExecuteInTransactionAsync<int>(
                async (session, token) =>
                {
                    await session.ExecuteAsync($"INSERT INTO {_table} VALUES (7)", token);
                    throw thrown;
                },
                cancellationToken: Cancellation
            )
        );

        Assert.Same(thrown, seen);
        Assert.Equal(0L, await CountAsync());
    }

    [Fact]
    public async Task A_failing_rollback_does_not_mask_the_works_exception()
    {
        await using var database = await OpenAsync();
        var thrown = new FormatException("mine");

        var seen = await Assert.ThrowsAsync<FormatException>(async () =>
            await database.ExecuteInTransactionAsync<int>(
                async (session, token) =>
                {
                    await session.ExecuteAsync($"INSERT INTO {_table} VALUES (7)", token);
                    await postgres.ReadAsync<bool>($"SELECT pg_terminate_backend({session.Connection.ProcessID}, 5000)");
                    throw thrown;
                },
                cancellationToken: Cancellation
            )
        );

        Assert.Same(thrown, seen);
        Assert.Equal(0L, await CountAsync());
    }

    [Fact]
    public async Task A_conflict_is_run_again_as_a_whole_on_a_new_session()
    {
        await using var database = await OpenAsync();
        await postgres.ExecuteAsync($"INSERT INTO {_table} VALUES (0)");
        var runs = 0;
        var settings = new TransactionSettings { Isolation = IsolationLevel.Serializable };

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => IncrementAsync(database, settings, () => Interlocked.Increment(ref runs))));

        Assert.Equal(4, await postgres.ReadAsync<int>($"SELECT id FROM {_table}"));
        Assert.True(runs > 4, $"{runs} runs: the transactions never met");
    }

    [Fact]
    public async Task After_the_retries_the_last_failure_itself_is_thrown()
    {
        await using var database = await OpenAsync();
        var thrown = new List<Exception>();

        var seen = await Assert.ThrowsAsync<PostgresException>(async () =>
            await database.ExecuteInTransactionAsync<int>(
                (_, _) =>
                {
                    thrown.Add(DatabaseFailureClassifierTests.Answer("40001"));
                    throw thrown[^1];
                },
                new TransactionSettings { MaxRetries = 2 },
                Cancellation
            )
        );

        Assert.Equal(3, thrown.Count);
        Assert.Same(thrown[^1], seen);
    }

    [Fact]
    public async Task A_read_only_transaction_refuses_writes_without_a_retry()
    {
        await using var database = await OpenAsync();
        var runs = 0;

        await Assert.ThrowsAsync<PostgresException>(async () =>
            await database.ExecuteInTransactionAsync(
                (session, token) =>
                {
                    runs++;
                    return new ValueTask<int>(session.ExecuteAsync($"INSERT INTO {_table} VALUES (7)", token));
                },
                new TransactionSettings { ReadOnly = true },
                Cancellation
            )
        );

        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task The_isolation_level_is_the_servers()
    {
        await using var database = await OpenAsync();

        var level = await database.ExecuteInTransactionAsync(
            (session, token) => new ValueTask<string>(session.ReadAsync<string>("SHOW transaction_isolation", token)),
            new TransactionSettings { Isolation = IsolationLevel.RepeatableRead },
            Cancellation
        );

        Assert.Equal("repeatable read", level);
    }

    [Fact]
    public async Task A_cancellation_before_commit_rolls_back()
    {
        await using var database = await OpenAsync();
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await database.ExecuteInTransactionAsync(
                async (session, token) =>
                {
                    await session.ExecuteAsync($"INSERT INTO {_table} VALUES (7)", token);
                    await source.CancelAsync();
                    return 0;
                },
                cancellationToken: source.Token
            )
        );

        Assert.Equal(source.Token, canceled.CancellationToken);
        Assert.Equal(0L, await CountAsync());
    }

    [Fact]
    public async Task The_total_time_limit_is_a_timeout_exception()
    {
        await using var database = await OpenAsync();

        var failure = await Assert.ThrowsAsync<TimeoutException>(async () =>
            await database.ExecuteInTransactionAsync(
                (session, token) => new ValueTask<int>(session.ExecuteAsync("SELECT pg_sleep(30)", token)),
                new TransactionSettings { Timeout = TimeSpan.FromMilliseconds(200) },
                Cancellation
            )
        );

        Assert.NotNull(failure.InnerException);
        Assert.Equal(
            1,
            await database.ExecuteInTransactionAsync(
                (s, t) => new ValueTask<int>(s.ReadAsync<int>("SELECT 1", t)),
                cancellationToken: Cancellation
            )
        );
    }

    [Fact]
    public async Task A_deferred_constraint_fails_the_commit_with_the_servers_own_exception()
    {
        await using var database = await OpenAsync();
        await postgres.ExecuteAsync($"ALTER TABLE {_table} ADD CONSTRAINT u{_table} UNIQUE (id) DEFERRABLE INITIALLY DEFERRED");

        var failure = await Assert.ThrowsAsync<PostgresException>(async () =>
            await database.ExecuteInTransactionAsync(
                (session, token) => new ValueTask<int>(session.ExecuteAsync($"INSERT INTO {_table} VALUES (7), (7)", token)),
                cancellationToken: Cancellation
            )
        );

        Assert.Equal((PostgresErrorCodes.UniqueViolation, 0L), (failure.SqlState, await CountAsync()));
    }

    [Fact]
    public async Task Settings_out_of_range_are_refused()
    {
        await using var database = await OpenAsync();

        foreach (
            var settings in new[]
            {
                new TransactionSettings { MaxRetries = -1 },
                new() { Timeout = TimeSpan.Zero },
                new() { CommitSafety = (CommitSafety)7 },
            }
        )
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
                await database.ExecuteInTransactionAsync((_, _) => ValueTask.FromResult(0), settings, Cancellation)
            );
    }

    private async Task IncrementAsync(PostgresDatabase database, TransactionSettings settings, Action ran) =>
        await database.ExecuteInTransactionAsync(
            async (session, token) =>
            {
                ran();
                var value = await session.ReadAsync<int>($"SELECT id FROM {_table}", token);
                await session.ExecuteAsync("SELECT pg_sleep(0.05)", token);
                return await session.ExecuteAsync($"UPDATE {_table} SET id = {value + 1}", token);
            },
            settings,
            Cancellation
        );

    private async Task<PostgresDatabase> OpenAsync(Action<DatabaseOptions>? change = null)
    {
        await postgres.ExecuteAsync($"CREATE TABLE {_table} (id int)");
        return Databases.Open(postgres, change);
    }

    private Task<long> CountAsync() => postgres.ReadAsync<long>($"SELECT count(*) FROM {_table}");
}
