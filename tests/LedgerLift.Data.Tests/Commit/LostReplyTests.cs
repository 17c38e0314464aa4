using LedgerLift.Testing;
using Npgsql;

namespace LedgerLift.Data.Tests;

/// <summary>The reply to COMMIT is lost, or COMMIT itself; shown from the captured bytes.</summary>
public sealed class LostReplyTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly string _table = $"t{Guid.NewGuid():N}";
    private int _runs;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ReadOnlySpan<byte> Idle => "Z\0\0\0\x5I"u8;

    [Theory]
    [InlineData(Fault.Reset)]
    [InlineData(Fault.Cut)]
    public async Task A_commit_that_took_effect_is_a_success_and_is_not_run_again(Fault fault)
    {
        await using var proxy = postgres.StartProxy();
        await using var database = await OpenAsync(proxy);
        var rule = proxy.DropReplyTo("COMMIT\0"u8, fault, replyUntil: Idle);

        var value = await InsertAsync(database);

        await AssertCommitReachedAndReplyLostAsync(rule);
        Assert.Equal((42, 1, 1L), (value, _runs, await CountAsync()));
    }

    [Fact]
    public async Task A_commit_that_never_arrived_is_run_again()
    {
        await using var proxy = postgres.StartProxy();
        await using var database = await OpenAsync(proxy);
        var rule = proxy.ClientToServer.WhenPasses("COMMIT\0"u8, Fault.Reset, deliver: false);

        var value = await InsertAsync(database);

        await rule.WaitAsync();
        Assert.Equal((42, 2, 1L), (value, _runs, await CountAsync()));
    }

    [Theory]
    [InlineData(CommitSafety.None)]
    [InlineData(CommitSafety.Probe)]
    public async Task Without_verification_the_outcome_is_unknown_and_nothing_is_run_again(CommitSafety safety)
    {
        await using var proxy = postgres.StartProxy();
        await using var database = await OpenAsync(proxy, o => o.CommitSafety = safety);
        var rule = proxy.DropReplyTo("COMMIT\0"u8, Fault.Reset, replyUntil: Idle);

        var failure = await Assert.ThrowsAsync<CommitOutcomeUnknownException>(async () => await InsertAsync(database));

        await rule.WaitAsync();
        Assert.Equal(("commit_outcome_unknown", false, null), (failure.Code, failure.IsTransient, failure.TransactionId));
        Assert.IsType<NpgsqlException>(failure.InnerException);
        Assert.Equal((1, 1L), (_runs, await CountAsync()));
    }

    [Fact]
    public async Task While_the_server_cannot_be_asked_the_outcome_is_unknown()
    {
        await using var proxy = postgres.StartProxy();
        await using var database = await OpenAsync(proxy, o => o.CommitTimeout = TimeSpan.FromSeconds(1));
        using var rule = proxy.ClientToServer.WhenPasses("COMMIT\0"u8, Fault.Reset, deliver: false);
        var inserting = database
            .ExecuteInTransactionAsync(
                async (session, token) =>
                {
                    _runs++;
                    await session.ExecuteAsync($"INSERT INTO {_table} VALUES (7)", token);
                    proxy.RefuseConnections();
                    return 42;
                },
                cancellationToken: Cancellation
            )
            .AsTask();

        var failure = await Assert.ThrowsAsync<CommitOutcomeUnknownException>(() => inserting);

        Assert.True(ulong.TryParse(failure.TransactionId, out _));
        Assert.Equal((1, 0L), (_runs, await CountAsync()));
    }

    [Fact]
    public async Task A_commit_that_hangs_ends_with_its_time_limit_and_the_truth()
    {
        await using var proxy = postgres.StartProxy();
        await using var database = await OpenAsync(proxy, o => o.CommitTimeout = TimeSpan.FromSeconds(1));
        using var rule = proxy.DropReplyTo("COMMIT\0"u8, Fault.BlackHole);

        var value = await InsertAsync(database);

        Assert.Equal((42, 1, 1L), (value, _runs, await CountAsync()));
    }

    [Fact]
    public async Task A_session_the_server_still_holds_open_is_ended_and_the_work_run_again()
    {
        await using var proxy = postgres.StartProxy();
        await using var database = await OpenAsync(proxy, o => o.CommitTimeout = TimeSpan.FromSeconds(5));
        // The server never learns that the client is gone: the transaction stays open until somebody ends it.
        using var rule = proxy.ClientToServer.WhenPasses("COMMIT\0"u8, Fault.BlackHole, deliver: false);

        var inserting = InsertAsync(database).AsTask();

        Assert.Equal(42, await inserting);
        Assert.Equal((2, 1L), (_runs, await CountAsync()));
    }

    [Fact]
    public async Task The_callers_token_does_not_cancel_a_commit_in_flight()
    {
        await using var proxy = postgres.StartProxy();
        await using var database = await OpenAsync(proxy);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var rule = proxy.DropReplyTo("COMMIT\0"u8, Fault.BlackHole);
        var inserting = InsertAsync(database, source.Token).AsTask();
        var connection = await rule.WaitAsync();

        await source.CancelAsync();
        await Task.Delay(200, Cancellation);
        Assert.False(inserting.IsCompleted);
        connection.Reset();

        Assert.Equal(42, await inserting);
        Assert.Equal((1, 1L), (_runs, await CountAsync()));
    }

    [Fact]
    public async Task A_transaction_that_wrote_nothing_is_simply_run_again()
    {
        await using var proxy = postgres.StartProxy();
        await using var database = await OpenAsync(proxy);
        var rule = proxy.DropReplyTo("COMMIT\0"u8, Fault.Reset, replyUntil: Idle);

        var count = await database.ExecuteInTransactionAsync(
            (session, token) =>
            {
                _runs++;
                return new ValueTask<long>(session.ReadAsync<long>($"SELECT count(*) FROM {_table}", token));
            },
            cancellationToken: Cancellation
        );

        await rule.WaitAsync();
        Assert.Equal((0L, 2), (count, _runs));
    }

    [Fact]
    public async Task A_commit_by_hand_returns_when_it_took_effect_and_throws_when_it_did_not()
    {
        await using var proxy = postgres.StartProxy();
        await using var database = await OpenAsync(proxy);
        using (var rule = proxy.DropReplyTo("COMMIT\0"u8, Fault.Reset, replyUntil: Idle))
        {
            await using var session = await BeginAsync(database);
            await session.CommitAsync(Cancellation);
            Assert.Equal(1, rule.Fired);
        }

        Assert.Equal(1L, await CountAsync());
        using (proxy.ClientToServer.WhenPasses("COMMIT\0"u8, Fault.Reset, deliver: false))
        {
            await using var session = await BeginAsync(database);
            var lost = await Assert.ThrowsAsync<TransactionRolledBackException>(async () => await session.CommitAsync(Cancellation));
            Assert.Equal(("transaction_lost", true), (lost.Code, lost.IsTransient));
        }

        Assert.Equal(1L, await CountAsync());
    }

    [Fact]
    public async Task The_lookup_works_when_the_pool_has_no_other_connection()
    {
        await using var proxy = postgres.StartProxy();
        await using var database = await OpenAsync(proxy, o => (o.PoolSize, o.MaxOverflow) = (1, 0));
        var rule = proxy.DropReplyTo("COMMIT\0"u8, Fault.Reset, replyUntil: Idle);

        Assert.Equal(42, await InsertAsync(database));

        await rule.WaitAsync();
        Assert.Equal(1L, await CountAsync());
    }

    [Fact]
    public async Task The_reconciled_commits_are_counted()
    {
        await using var proxy = postgres.StartProxy();
        string? name = null;
        await using var database = await OpenAsync(proxy, o => name = o.Name);
        using var metrics = new MetricRecorder(DataDiagnostics.MeterName, null, ("db.client.connection.pool.name", name));
        using var rule = proxy.DropReplyTo("COMMIT\0"u8, Fault.Reset, replyUntil: Idle);

        await InsertAsync(database);

        Assert.Equal(1, metrics.Sum("ledgerlift.data.commits.reconciled", ("ledgerlift.data.outcome", "committed")));
    }

    private static async Task AssertCommitReachedAndReplyLostAsync(FaultRule rule)
    {
        var faulty = await rule.WaitAsync();
        Assert.Contains(PostgresWire.Frontend(faulty.ClientToServer.DeliveredBytes()), message => message.Text == "COMMIT");
        Assert.Contains("C COMMIT", PostgresWire.Backend(faulty.ServerToClient.ReceivedBytes()).Select(message => message.ToString()));
        Assert.DoesNotContain(
            "C COMMIT",
            PostgresWire.Backend(faulty.ServerToClient.DeliveredBytes()).Select(message => message.ToString())
        );
    }

    private async Task<DatabaseSession> BeginAsync(PostgresDatabase database)
    {
        var session = await database.OpenSessionAsync(Cancellation);
        await session.BeginTransactionAsync(cancellationToken: Cancellation);
        await session.ExecuteAsync($"INSERT INTO {_table} VALUES (7)", Cancellation);
        return session;
    }

    private ValueTask<int> InsertAsync(PostgresDatabase database, CancellationToken? token = null) =>
        database.ExecuteInTransactionAsync(
            async (session, cancellation) =>
            {
                Interlocked.Increment(ref _runs);
                await session.ExecuteAsync($"INSERT INTO {_table} VALUES (7)", cancellation);
                return 42;
            },
            cancellationToken: token ?? Cancellation
        );

    private async Task<PostgresDatabase> OpenAsync(TcpFaultProxy proxy, Action<DatabaseOptions>? change = null)
    {
        await postgres.ExecuteAsync($"CREATE TABLE {_table} (id int)");
        return Databases.Open(postgres, proxy, change);
    }

    private Task<long> CountAsync() => postgres.ReadAsync<long>($"SELECT count(*) FROM {_table}");
}
