using System.Diagnostics.CodeAnalysis;
using LedgerLift.Resilience;
using LedgerLift.Testing;
using Npgsql;

namespace LedgerLift.Data.Tests;

/// <summary>Sessions and their pool on a real server.</summary>
public sealed class PoolTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_snapshot_equals_what_the_server_sees()
    {
        string? name = null;
        await using var database = Databases.Open(postgres, o => (o.PoolSize, o.MaxOverflow, name) = (2, 3, o.Name));
        var sessions = new List<DatabaseSession>();
        for (var i = 0; i < 4; i++)
            sessions.Add(await database.OpenSessionAsync(Cancellation));
        await sessions[0].DisposeAsync();

        var snapshot = database.GetPoolSnapshot();

        var seen = await postgres.ReadAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{name}'");
        Assert.Equal(seen, snapshot.InUse + snapshot.Idle);
        Assert.Equal(new ConnectionPoolSnapshot(PoolingMode.Pooled, 2, 3, 3, 1, 2, 5, 0, 0.6), snapshot);
        foreach (var session in sessions)
            await session.DisposeAsync();
        Assert.Equal(0, database.GetPoolSnapshot().InUse);
    }

    [Fact]
    public async Task Serverless_opens_and_closes_a_connection_for_each_session()
    {
        string? name = null;
        await using var database = Databases.Open(postgres, o => (o.Mode, name) = (PoolingMode.Serverless, o.Name));
        int processId;
        await using (var session = await database.OpenSessionAsync(Cancellation))
        {
            processId = session.Connection.ProcessID;
            Assert.Equal(new ConnectionPoolSnapshot(PoolingMode.Serverless, 0, 0, 1, 0, 0, 0, 0, 0), database.GetPoolSnapshot());
        }

        await Poll.UntilAsync(async () =>
            await postgres.ReadAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{name}'") == 0
        );
        await using var next = await database.OpenSessionAsync(Cancellation);
        Assert.NotEqual(processId, next.Connection.ProcessID);
    }

    [Theory]
    [InlineData(OperationSafety.Idempotent)]
    [InlineData(OperationSafety.NonIdempotent)]
    public async Task Idle_connections_killed_under_parallel_load_are_nobodys_failure(OperationSafety safety)
    {
        string? name = null;
        await using var database = Databases.Open(postgres, o => (o.PoolSize, o.MaxOverflow, name) = (10, 0, o.Name));
        await FillAsync(database, 10);
        await KillAllAsync(name!);

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                    database.ExecuteAsync(safety, (s, t) => new ValueTask<int>(s.ReadAsync<int>($"SELECT {i}", t)), Cancellation).AsTask()
                )
        );

        Assert.Equal(Enumerable.Range(0, 20), results);
    }

    [Fact]
    public async Task Transactions_on_killed_connections_are_run_again()
    {
        string? name = null;
        await using var database = Databases.Open(postgres, o => (o.PoolSize, o.MaxOverflow, name) = (10, 0, o.Name));
        await postgres.ExecuteAsync("CREATE TABLE killed (id int)");
        await FillAsync(database, 10);
        await KillAllAsync(name!);

        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                    database
                        .ExecuteInTransactionAsync(
                            (s, t) => new ValueTask<int>(s.ExecuteAsync($"INSERT INTO killed VALUES ({i})", t)),
                            cancellationToken: Cancellation
                        )
                        .AsTask()
                )
        );

        Assert.Equal(20L, await postgres.ReadAsync<long>("SELECT count(DISTINCT id) FROM killed"));
        Assert.Equal(20L, await postgres.ReadAsync<long>("SELECT count(*) FROM killed"));
    }

    [Fact]
    public async Task An_idle_connection_that_died_is_found_by_the_ping_before_the_caller_gets_it()
    {
        string? name = null;
        await using var database = Databases.Open(postgres, o => (o.PrePing, name) = (PrePing.Always, o.Name));
        await FillAsync(database, 3);
        await KillAllAsync(name!);

        await using var session = await database.OpenSessionAsync(Cancellation);

        Assert.Equal(1, await session.ReadAsync<int>("SELECT 1"));
        Assert.InRange(database.Core.Services.Pool.PingsFailed, 1, 3);
    }

    [Fact]
    public async Task Work_that_must_not_run_twice_is_not_repeated_once_it_was_sent()
    {
        await using var database = Databases.Open(postgres);
        await postgres.ExecuteAsync("CREATE TABLE once (id int)");
        var runs = 0;

        await Assert.ThrowsAnyAsync<NpgsqlException>(async () =>
            await database.ExecuteAsync(
                OperationSafety.NonIdempotent,
                async (session, token) =>
                {
                    runs++;
                    await session.ExecuteAsync("INSERT INTO once VALUES (1)", token);
                    await postgres.ReadAsync<bool>($"SELECT pg_terminate_backend({session.Connection.ProcessID}, 5000)");
                    return await session.ExecuteAsync("INSERT INTO once VALUES (2)", token);
                },
                Cancellation
            )
        );

        Assert.Equal((1, 1L), (runs, await postgres.ReadAsync<long>("SELECT count(*) FROM once")));
    }

    [Fact]
    public async Task Work_that_may_run_twice_is_repeated_after_it_was_sent()
    {
        await using var proxy = postgres.StartProxy();
        await using var database = Databases.Open(postgres, proxy);
        await postgres.ExecuteAsync("CREATE TABLE twice (id int)");
        using var rule = proxy.DropReplyTo("INSERT INTO twice"u8, Fault.Reset, replyUntil: "Z\0\0\0\x5I"u8);

        var rows = await database.ExecuteAsync(
            OperationSafety.Idempotent,
            (session, token) => new ValueTask<int>(session.ExecuteAsync("INSERT INTO twice VALUES (1)", token)),
            Cancellation
        );

        Assert.Equal((1, 1, 2L), (rows, rule.Fired, await postgres.ReadAsync<long>("SELECT count(*) FROM twice")));
    }

    [Fact]
    public async Task A_refused_connection_is_tried_again_for_any_work()
    {
        await using var proxy = postgres.StartProxy();
        proxy.RefuseConnections();
        await using var database = Databases.Open(postgres, proxy, o => o.Retry.MaxRetries = 50);
        var running = database
            .ExecuteAsync(OperationSafety.NonIdempotent, (s, t) => new ValueTask<int>(s.ReadAsync<int>("SELECT 7", t)), Cancellation)
            .AsTask();
        await Task.Delay(100, Cancellation);
        Assert.False(running.IsCompleted);

        proxy.AcceptConnections();

        Assert.Equal(7, await running);
    }

    [Fact]
    public async Task Timeouts_of_client_and_server_leave_the_connection_usable()
    {
        await using var database = Databases.Open(postgres, o => o.StatementTimeout = TimeSpan.FromMilliseconds(1500));
        await using var session = await database.OpenSessionAsync(Cancellation);
        await using var slow = session.CreateCommand("SELECT pg_sleep(30)", TimeSpan.FromMilliseconds(300));

        var client = await Assert.ThrowsAsync<NpgsqlException>(() => slow.ExecuteNonQueryAsync(Cancellation));
        Assert.IsType<TimeoutException>(client.InnerException);
        var processId = session.Connection.ProcessID;
        var server = await Assert.ThrowsAsync<PostgresException>(() => session.ExecuteAsync("SELECT pg_sleep(30)", Cancellation));

        Assert.Equal(PostgresErrorCodes.QueryCanceled, server.SqlState);
        Assert.Equal(processId, await session.ReadAsync<int>("SELECT pg_backend_pid()"));
    }

    [Fact]
    public async Task A_session_may_have_limits_of_its_own_and_the_next_user_of_its_connection_has_not()
    {
        await using var database = Databases.Open(
            postgres,
            o => (o.StatementTimeout, o.PoolSize, o.MaxOverflow) = (TimeSpan.FromSeconds(20), 1, 0)
        );
        int processId;
        await using (var first = await database.OpenSessionAsync(Cancellation))
        {
            processId = first.Connection.ProcessID;
            await first.SetServerTimeoutsAsync(TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(150), Cancellation);
            var server = await Assert.ThrowsAsync<PostgresException>(() => first.ExecuteAsync("SELECT pg_sleep(30)", Cancellation));
            Assert.Equal(PostgresErrorCodes.QueryCanceled, server.SqlState);
            Assert.Equal("150ms", await first.ReadAsync<string>("SHOW lock_timeout"));

            await first.SetServerTimeoutsAsync(TimeSpan.FromSeconds(20), cancellationToken: Cancellation);
            first.CommandTimeout = TimeSpan.FromSeconds(1);
            await using var slow = first.CreateCommand("SELECT pg_sleep(10)");
            var client = await Assert.ThrowsAsync<NpgsqlException>(() => slow.ExecuteNonQueryAsync(Cancellation));
            Assert.IsType<TimeoutException>(client.InnerException);
            Assert.Equal(1, await first.ReadAsync<int>("SELECT 1"));
        }

        await using var second = await database.OpenSessionAsync(Cancellation);

        Assert.Equal(processId, second.Connection.ProcessID);
        Assert.Equal("20s", await second.ReadAsync<string>("SHOW statement_timeout"));
        Assert.Equal("0", await second.ReadAsync<string>("SHOW lock_timeout"));
        Assert.Null(second.CommandTimeout);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(86_400_001)]
    public async Task A_limit_that_is_none_is_refused(int milliseconds)
    {
        var time = TimeSpan.FromMilliseconds(milliseconds);
        await using var database = Databases.Open(postgres);
        await using var session = await database.OpenSessionAsync(Cancellation);

        Assert.Throws<ArgumentOutOfRangeException>(() => session.CommandTimeout = time);
        Assert.Throws<ArgumentOutOfRangeException>(() => session.CreateCommand("SELECT 1", time));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => session.SetServerTimeoutsAsync(time).AsTask());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => session.SetServerTimeoutsAsync(null, time).AsTask());
    }

    [Fact]
    public async Task The_lock_timeout_is_the_servers_and_survives_a_reset()
    {
        await using var database = Databases.Open(
            postgres,
            o => (o.LockTimeout, o.PoolSize, o.MaxOverflow) = (TimeSpan.FromMilliseconds(123), 1, 0)
        );
        await using (var first = await database.OpenSessionAsync(Cancellation))
            await first.ExecuteAsync("SET lock_timeout = 0");

        await using var second = await database.OpenSessionAsync(Cancellation);

        Assert.Equal("123ms", await second.ReadAsync<string>("SHOW lock_timeout"));
    }

    [Fact]
    [SuppressMessage("Critical Code Smell", "S1215", Justification = "The collection is the point.")]
    public async Task A_thousand_abandoned_sessions_do_not_exhaust_a_pool_of_five()
    {
        var logs = new LogRecorder();
        string? name = null;
        var database = Databases.Open(postgres, o => (o.PoolSize, o.MaxOverflow, name) = (5, 0, o.Name), logs);
        await using var cleanUp = database;
        using var metrics = new MetricRecorder(DataDiagnostics.MeterName, null, ("db.client.connection.pool.name", name));
        for (var i = 0; i < 200; i++)
        {
            await AbandonAsync(database, 5);
            await Poll.UntilAsync(
                () =>
                {
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                    return database.Core.Services.Pool.Leases.Count == 0;
                },
                cancellationToken: Cancellation
            );
        }

        Assert.Equal(1000, metrics.Sum("ledgerlift.data.sessions.leaked"));
        var records = logs.WithId(3004);
        Assert.Equal(1000, records.Count);
        Assert.All(records, record => Assert.Contains("AbandonAsync (PoolTests.cs:", record.Message, StringComparison.Ordinal));
        Assert.Equal(0, database.GetPoolSnapshot().InUse);
    }

    [Fact]
    public async Task Two_databases_of_one_name_have_pools_of_their_own()
    {
        await using var one = Databases.Open(postgres, o => o.Name = "twin");
        await using var other = Databases.Open(postgres, o => o.Name = "twin");

        await using var session = await one.OpenSessionAsync(Cancellation);

        Assert.Equal((1, 0), (one.GetPoolSnapshot().InUse, other.GetPoolSnapshot().InUse));
    }

    [Fact]
    public async Task Wait_and_use_times_are_measured_once_each()
    {
        string? name = null;
        await using var database = Databases.Open(postgres, o => name = o.Name);
        using var metrics = new MetricRecorder(DataDiagnostics.MeterName, null, ("db.client.connection.pool.name", name));

        await using (await database.OpenSessionAsync(Cancellation))
            Assert.Empty(metrics.Values("db.client.connection.use_time"));

        Assert.Single(metrics.Values("db.client.connection.wait_time"));
        Assert.Single(metrics.Values("db.client.connection.use_time"));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static async Task AbandonAsync(PostgresDatabase database, int count)
    {
        for (var i = 0; i < count; i++)
            _ = await database.OpenSessionAsync(Cancellation);
    }

    private static async Task FillAsync(PostgresDatabase database, int count)
    {
        var sessions = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => database.OpenSessionAsync(Cancellation).AsTask()));
        foreach (var session in sessions)
            await session.DisposeAsync();
    }

    private async Task KillAllAsync(string name) =>
        await postgres.ReadAsync<long>(
            $"SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE application_name = '{name}'"
        );
}
