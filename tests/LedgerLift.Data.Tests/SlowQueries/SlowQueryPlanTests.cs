using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using LedgerLift.Testing;
using Npgsql;

namespace LedgerLift.Data.Tests;

/// <summary>Generic plans of slow queries, taken from a real server.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A recorder has nothing to release.")]
public sealed class SlowQueryPlanTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly ConcurrentQueue<SlowQuery> _heard = new();
    private readonly LogRecorder _logs = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_slow_select_is_told_with_its_generic_plan_and_no_literal()
    {
        await postgres.ExecuteAsync("CREATE TABLE planned (id int PRIMARY KEY, name text)");
        await using var database = Open();
        await using (var session = await database.OpenSessionAsync(Cancellation))
        {
            await using var command = session.CreateCommand(
                "SELECT pg_sleep(0.12), p.name FROM (SELECT 1) o LEFT JOIN planned p ON p.id = $1 AND p.name <> 'c4nary' AND p.id <> 7654321"
            );
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = 42 });
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        var plan = (await ToldAsync()).Plan;

        Assert.Contains("planned", plan, StringComparison.Ordinal);
        Assert.Contains("Index Cond: (id = $1)", plan, StringComparison.Ordinal);
        Assert.Contains("(cost=", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("c4nary", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("7654321", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("actual", plan, StringComparison.Ordinal);
        Assert.Contains(_logs.WithId(3017), record => record.Message.Contains(plan!, StringComparison.Ordinal));
        Assert.DoesNotContain(_logs.WithId(3010), record => record.Message.Contains("pg_sleep", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_executed_for_a_plan_and_the_pool_is_not_used()
    {
        await postgres.ExecuteAsync("CREATE SEQUENCE drawn");
        await using var database = Open(o => (o.PoolSize, o.MaxOverflow) = (1, 0));
        await using var session = await database.OpenSessionAsync(Cancellation);

        await session.ExecuteAsync("SELECT pg_sleep(0.12), nextval('drawn')", Cancellation);

        Assert.NotNull((await ToldAsync()).Plan);
        Assert.Equal(2L, await session.ReadAsync<long>("SELECT nextval('drawn')", Cancellation));
    }

    [Theory]
    [InlineData("DO $$ BEGIN PERFORM pg_sleep(0.12); END $$")]
    [InlineData("SELECT pg_sleep(0.12) FROM (VALUES (1)) v (i) WHERE to_regclass('gone') IS NULL; SELECT 1")]
    public async Task What_is_no_single_select_is_told_without_a_plan(string sql)
    {
        await using var database = Open();
        await using var session = await database.OpenSessionAsync(Cancellation);

        await session.ExecuteAsync(sql, Cancellation);

        Assert.Null((await ToldAsync()).Plan);
    }

    [Fact]
    public async Task A_query_that_cannot_be_planned_is_told_without_a_plan()
    {
        await using var database = Open();
        await using var session = await database.OpenSessionAsync(Cancellation);
        // Only this session knows the table.
        await session.ExecuteAsync("CREATE TEMP TABLE mine (id int)", Cancellation);

        await session.ExecuteAsync("SELECT pg_sleep(0.12), (SELECT count(*) FROM mine)", Cancellation);

        Assert.Null((await ToldAsync()).Plan);
        Assert.Contains(_logs.WithId(3010), record => record.Message.Contains("pg_sleep", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_plan_is_taken_for_a_kind_of_query_and_one_a_second_at_most()
    {
        var clock = new ManualTimeProvider();
        var read = new ConcurrentQueue<string>();
        var monitor = new SlowQueryMonitor("p", TimeSpan.Zero, _logs.CreateLogger("x"), clock);
        monitor.TakePlans(
            (sql, _) =>
            {
                read.Enqueue(sql);
                return ValueTask.FromResult<string?>("the plan");
            }
        );
        using var subscription = monitor.Subscribe(_heard.Enqueue);

        Report("SELECT 1 FROM a");
        Report("SELECT 2 FROM a");
        Report("SELECT 1 FROM b");
        Report("INSERT INTO c VALUES (1)");
        clock.Advance(PlanQueue.Interval);
        Report("SELECT 1 FROM d");
        clock.Advance(SlowQueryMonitor.WarningInterval);
        Report("SELECT 3 FROM a");
        await Poll.UntilAsync(() => _heard.Count == 6, cancellationToken: Cancellation);
        await monitor.DisposeAsync();

        Assert.Equal(["SELECT 1 FROM a", "SELECT 1 FROM d", "SELECT 3 FROM a"], read);
        Assert.Equal((2, 3), (_logs.WithId(3010).Count, _logs.WithId(3017).Count));

        void Report(string sql) => monitor.Report(sql, TimeSpan.FromSeconds(1), QueryOutcome.Completed);
    }

    [Fact]
    public async Task What_still_waits_for_its_plan_at_the_end_is_told_without_it()
    {
        var monitor = new SlowQueryMonitor("p", TimeSpan.Zero, _logs.CreateLogger("x"), TimeProvider.System);
        monitor.TakePlans(
            async (_, token) =>
            {
                await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return null;
            }
        );
        using var subscription = monitor.Subscribe(_heard.Enqueue);
        monitor.Report("SELECT 1", TimeSpan.FromSeconds(1), QueryOutcome.Completed);

        await monitor.DisposeAsync();

        Assert.Null(Assert.Single(_heard).Plan);
        Assert.Single(_logs.WithId(3010));
    }

    [Fact]
    public async Task Without_the_option_no_plan_is_taken()
    {
        await using var database = Open(o => o.SlowQueryPlans = false);
        await using var session = await database.OpenSessionAsync(Cancellation);

        await session.ExecuteAsync("SELECT pg_sleep(0.12)", Cancellation);

        Assert.Null(Assert.Single(_heard, IsMeant).Plan);
    }

    [Theory]
    [InlineData("SELECT 1", true)]
    [InlineData(" /* c */ -- d\n (select 1)", true)]
    [InlineData("WITH x AS (SELECT 1) SELECT * FROM x;", true)]
    [InlineData("SELECT 1; SELECT 2", false)]
    [InlineData("SELECT 1; DROP TABLE x", false)]
    [InlineData("SELECTED", false)]
    [InlineData("INSERT INTO a SELECT 1", false)]
    [InlineData("COPY a TO STDOUT", false)]
    [InlineData("", false)]
    public void Only_a_single_select_is_planned(string sql, bool expected) => Assert.Equal(expected, SlowSelect.Is(sql));

    [Fact]
    public void A_plan_is_masked_but_for_the_planners_numbers()
    {
        const string Plan =
            "Seq Scan on a1  (cost=0.00..1.01 rows=1 width=4)\n  Filter: ((b = 'x\n(cost=1.00..2.00 rows=3 width=4)'::text) AND (\"c\"\"9\" = 12.5))\n  ->  Index Scan using \"i 7\" on d  (cost=0.15..8.17 rows=1 width=36)";

        Assert.Equal(
            "Seq Scan on a1  (cost=0.00..1.01 rows=1 width=4)\n  Filter: ((b = ?::text) AND (\"c\"\"9\" = ?))\n  ->  Index Scan using \"i 7\" on d  (cost=0.15..8.17 rows=1 width=36)",
            PlanText.Mask(Plan)
        );
        Assert.Equal(PlanText.LongestText, PlanText.Mask(string.Join('\n', Enumerable.Repeat(new string('a', 1000), 10))).Length);
    }

    private async Task<SlowQuery> ToldAsync()
    {
        await Poll.UntilAsync(() => _heard.Any(IsMeant), cancellationToken: Cancellation);
        return Assert.Single(_heard, IsMeant);
    }

    // On a busy machine other commands can be slow too.
    private static bool IsMeant(SlowQuery query) =>
        query.Text.Contains("pg_sleep", StringComparison.Ordinal) || query.Text.StartsWith("DO ", StringComparison.Ordinal);

    private PostgresDatabase Open(Action<DatabaseOptions>? change = null)
    {
        var database = Databases.Open(
            postgres,
            options =>
            {
                (options.SlowQueryThreshold, options.SlowQueryPlans) = (TimeSpan.FromMilliseconds(100), true);
                change?.Invoke(options);
            },
            _logs
        );
        database.SubscribeSlowQueries(_heard.Enqueue);
        return database;
    }
}
