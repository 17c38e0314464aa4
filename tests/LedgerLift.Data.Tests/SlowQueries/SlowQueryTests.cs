using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Dapper;
using LedgerLift.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LedgerLift.Data.Tests;

/// <summary>Slow commands on a real server, by every way a command can end.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A recorder has nothing to release.")]
public sealed class SlowQueryTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly ConcurrentQueue<SlowQuery> _heard = new();
    private readonly LogRecorder _logs = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_slow_command_is_warned_about_counted_and_told_with_its_literals_masked()
    {
        string? name = null;
        await using var database = Open(o => name = o.Name);
        using var metrics = new MetricRecorder(
            DataDiagnostics.MeterName,
            "ledgerlift.data.slow_queries",
            ("db.client.connection.pool.name", name)
        );

        await RunAsync(database, "SELECT pg_sleep(0.12), 'c4nary'");

        var query = Assert.Single(_heard, one => one.Text.Contains("pg_sleep", StringComparison.Ordinal));
        Assert.Equal(("SELECT pg_sleep(?), ?", QueryOutcome.Completed, null), (query.Text, query.Outcome, query.Plan));
        Assert.InRange(query.Duration, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5));
        Assert.Equal(1, metrics.Sum("ledgerlift.data.slow_queries", ("ledgerlift.data.query.outcome", "completed")));
        Assert.Contains("SELECT pg_sleep(?), ?", Assert.Single(_logs.WithId(3010)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c4nary", _logs.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quick_command_is_not_told()
    {
        await using var database = Open(o => o.SlowQueryThreshold = TimeSpan.FromSeconds(30));

        await RunAsync(database, "SELECT 1");

        Assert.Empty(_heard);
        Assert.Empty(_logs.WithId(3010));
    }

    [Theory]
    [InlineData("failed", QueryOutcome.Failed)]
    [InlineData("timeout", QueryOutcome.TimedOut)]
    [InlineData("canceled", QueryOutcome.Canceled)]
    [InlineData("killed", QueryOutcome.Failed)]
    [InlineData("command timeout", QueryOutcome.TimedOut)]
    [InlineData("statement timeout", QueryOutcome.TimedOut)]
    [InlineData("lock timeout", QueryOutcome.TimedOut)]
    [InlineData("canceled at the server", QueryOutcome.Canceled)]
    public async Task Every_end_of_a_command_is_told(string end, QueryOutcome expected)
    {
        await using var database = Open(o => Limit(o, end));
        await using var locking = await database.OpenSessionAsync(Cancellation);
        await locking.ExecuteAsync("SELECT pg_advisory_lock(4711)", Cancellation);
        await using var session = await database.OpenSessionAsync(Cancellation);
        using var source = new CancellationTokenSource();
        await using var limited = session.CreateCommand("SELECT pg_sleep(20)", TimeSpan.FromSeconds(1));
        // On a busy machine anything may have been slow so far.
        _heard.Clear();

        var running = end switch
        {
            "failed" => session.ExecuteAsync("SELECT pg_sleep(0.12), 1/(random()*0)::int", Cancellation),
            "canceled" => session.ExecuteAsync("SELECT pg_sleep(20)", source.Token),
            "lock timeout" => session.ExecuteAsync("SELECT pg_advisory_lock(4711)", Cancellation),
            "command timeout" => limited.ExecuteNonQueryAsync(Cancellation),
            _ => session.ExecuteAsync("SELECT pg_sleep(20)", Cancellation),
        };
        await Task.Delay(200, Cancellation);
        if (end == "canceled")
            await source.CancelAsync();
        if (end is "killed" or "canceled at the server")
            await postgres.ReadAsync<bool>(
                $"SELECT pg_{(end == "killed" ? "terminate" : "cancel")}_backend({session.Connection.ProcessID})"
            );
        await Assert.ThrowsAnyAsync<Exception>(() => running);

        Assert.Equal(expected, Assert.Single(_heard).Outcome);
    }

    [Fact]
    public async Task A_command_that_waits_in_vain_for_an_answer_to_its_cancellation_has_timed_out()
    {
        await using var proxy = postgres.StartProxy();
        await using var database = new PostgresDatabase(
            Databases.Options(
                postgres.Through(proxy),
                o => (o.SlowQueryThreshold, o.CommandTimeout) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1))
            )
        );
        database.SubscribeSlowQueries(_heard.Enqueue);
        await using var session = await database.OpenSessionAsync(Cancellation);
        using var rule = proxy.ClientToServer.WhenPasses("pg_sleep"u8, Fault.BlackHole, deliver: false);
        var running = session.ExecuteAsync("SELECT pg_sleep(20)", Cancellation);
        proxy.RefuseConnections();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => running);

        Assert.Equal(QueryOutcome.TimedOut, _heard.Last().Outcome);
    }

    [Fact]
    public async Task Batches_copies_and_commits_are_told()
    {
        await postgres.ExecuteAsync("CREATE TABLE slow (id int)");
        await postgres.ExecuteAsync(
            "CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.12); RETURN NULL; END $$"
        );
        await postgres.ExecuteAsync(
            "CREATE CONSTRAINT TRIGGER t AFTER INSERT ON slow DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slowly()"
        );
        await using var database = Open();
        await using (var session = await database.OpenSessionAsync(Cancellation))
        {
            await using var batch = new NpgsqlBatch(session.Connection)
            {
                BatchCommands = { new("SELECT 1"), new("SELECT pg_sleep(0.12)") },
            };
            await batch.ExecuteNonQueryAsync(Cancellation);
            await using var reader = await session.Connection.BeginBinaryExportAsync(
                "COPY (SELECT pg_sleep(0.12)::text, 'c4nary') TO STDOUT BINARY",
                Cancellation
            );
            while (await reader.StartRowAsync(Cancellation) >= 0)
            {
                await reader.SkipAsync(Cancellation);
                await reader.SkipAsync(Cancellation);
            }
        }

        await database.ExecuteInTransactionAsync(
            (session, token) => new ValueTask<int>(session.ExecuteAsync("INSERT INTO slow VALUES (1)", token)),
            cancellationToken: Cancellation
        );

        Assert.Equal(["SELECT ?; SELECT pg_sleep(?)", "COPY (SELECT pg_sleep(?)::text, ?) TO STDOUT BINARY", "COMMIT"], Slow());
        Assert.All(_heard, query => Assert.Equal(QueryOutcome.Completed, query.Outcome));
    }

    [Theory]
    [InlineData("SELECT pg_sleep(0.12)::text, (1/(random()*0)::int)::text", QueryOutcome.Failed)]
    [InlineData("SELECT pg_sleep(0.12)::text, pg_terminate_backend(pg_backend_pid())::text", QueryOutcome.Failed)]
    [InlineData("SELECT pg_sleep(20)::text, 'x'", QueryOutcome.TimedOut)]
    public async Task A_copy_that_fails_is_told_with_its_outcome(string query, QueryOutcome expected)
    {
        await using var database = Open(o => o.StatementTimeout = TimeSpan.FromMilliseconds(500));
        await using var session = await database.OpenSessionAsync(Cancellation);

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var reader = await session.Connection.BeginTextExportAsync($"COPY ({query}) TO STDOUT", Cancellation);
            await reader.ReadToEndAsync(Cancellation);
        });

        var told = Assert.Single(_heard, one => one.Text.StartsWith("COPY", StringComparison.Ordinal));
        Assert.StartsWith("COPY (SELECT pg_sleep(?)", told.Text, StringComparison.Ordinal);
        Assert.Equal(expected, told.Outcome);
    }

    [Fact]
    public async Task Copies_that_begin_at_once_are_told_each_with_its_own_text()
    {
        await using var database = Open();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => CopyAsync(database, $"\"column{i}\""), Cancellation)));

        Assert.Equal(
            Enumerable.Range(0, 8).Select(i => $"COPY (SELECT pg_sleep(?) AS \"column{i}\") TO STDOUT"),
            _heard
                .Select(query => query.Text)
                .Where(text => text.StartsWith("COPY", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Dapper_entity_framework_and_batches_share_the_detection()
    {
        await using var database = Open();
        var dataSource = database.DataSource;
        await using (var connection = await dataSource.OpenConnectionAsync(Cancellation))
            await connection.QueryAsync<string>("SELECT pg_sleep(0.12)::text, @name", new { name = "c4nary" });
        await using (var context = new SharedContext(dataSource))
            await context.Database.ExecuteSqlAsync($"SELECT pg_sleep({0.12}), {"c4nary"}", Cancellation);
        await using (var batch = dataSource.CreateBatch())
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT pg_sleep(0.12), 'c4nary'"));
            await batch.ExecuteNonQueryAsync(Cancellation);
        }

        Assert.Equal(["SELECT pg_sleep(?)::text, $1", "SELECT pg_sleep($1), $2", "SELECT pg_sleep(?), ?"], Slow());
        Assert.DoesNotContain("c4nary", _logs.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_kind_of_query_is_warned_about_once_in_an_interval_and_told_each_time()
    {
        var clock = new ManualTimeProvider();
        var monitor = new SlowQueryMonitor("p", TimeSpan.Zero, _logs.CreateLogger("x"), clock);
        using var subscription = monitor.Subscribe(_heard.Enqueue);

        monitor.Report("SELECT 1", TimeSpan.FromSeconds(1), QueryOutcome.Completed);
        monitor.Report("SELECT 2", TimeSpan.FromSeconds(1), QueryOutcome.Completed);
        monitor.Report("SELECT a", TimeSpan.FromSeconds(1), QueryOutcome.Completed);
        Assert.Equal((2, 3), (_logs.WithId(3010).Count, _heard.Count));
        clock.Advance(SlowQueryMonitor.WarningInterval);
        monitor.Report("SELECT 3", TimeSpan.FromSeconds(1), QueryOutcome.Completed);

        Assert.Equal((3, 4), (_logs.WithId(3010).Count, _heard.Count));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_throwing_observer_fails_no_query_and_a_disposed_one_hears_no_more()
    {
        await using var database = Open(o => o.SlowQueryThreshold = TimeSpan.Zero);
        database.SubscribeSlowQueries(_ => throw new FormatException("observer"));
        var heard = 0;
        var subscription = database.SubscribeSlowQueries(_ => heard++);

        await RunAsync(database, "SELECT 1");
        subscription.Dispose();
        await RunAsync(database, "SELECT 1");

        Assert.Equal((1, 2), (heard, _logs.WithId(3011).Count));
    }

    [Fact]
    public async Task Npgsqls_own_messages_are_passed_on_only_when_wanted()
    {
        await using var quiet = Open();
        await RunAsync(quiet, "SELECT 1");
        Assert.DoesNotContain(_logs.Records, record => record.Category.StartsWith("Npgsql", StringComparison.Ordinal));
        await using var chatty = Open(o => o.LogCommands = true);

        await RunAsync(chatty, "SELECT 1");

        Assert.Contains(_logs.Records, record => record is { Category: "Npgsql.Command", EventId.Id: 2001 });
    }

    // On a busy machine other commands can be slow too.
    private IEnumerable<string> Slow() =>
        _heard.Select(query => query.Text).Where(text => text is "COMMIT" || text.Contains("pg_sleep", StringComparison.Ordinal));

    private static async Task CopyAsync(PostgresDatabase database, string column)
    {
        await using var session = await database.OpenSessionAsync(Cancellation);
        using var reader = await session.Connection.BeginTextExportAsync(
            $"COPY (SELECT pg_sleep(0.12) AS {column}) TO STDOUT",
            Cancellation
        );
        await reader.ReadToEndAsync(Cancellation);
    }

    private static void Limit(DatabaseOptions options, string end)
    {
        if (end == "timeout")
            options.CommandTimeout = TimeSpan.FromSeconds(1);
        if (end == "statement timeout")
            options.StatementTimeout = TimeSpan.FromMilliseconds(300);
        if (end == "lock timeout")
            options.LockTimeout = TimeSpan.FromMilliseconds(300);
    }

    private static async Task RunAsync(PostgresDatabase database, string sql)
    {
        // As Dapper or Entity Framework would: past the sessions.
        await using var command = database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private PostgresDatabase Open(Action<DatabaseOptions>? change = null)
    {
        var database = Databases.Open(
            postgres,
            options =>
            {
                options.SlowQueryThreshold = TimeSpan.FromMilliseconds(100);
                change?.Invoke(options);
            },
            _logs
        );
        database.SubscribeSlowQueries(_heard.Enqueue);
        return database;
    }
}
