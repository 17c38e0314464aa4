using LedgerLift.Testing;
using Npgsql;

namespace LedgerLift.Auditing.Postgres.Tests;

public sealed class DurableTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(AuditDelivery.Committed)]
    [InlineData(AuditDelivery.DurableAsync)]
    public async Task When_a_call_returns_its_entry_is_in_the_database(AuditDelivery delivery)
    {
        await using var trail = await TestTrail.CreateAsync(postgres, auditing: Deliver(delivery));

        var entry = await trail.Logger.LogActionAsync(TestTrail.Action(1));

        Assert.Equal(entry, Assert.Single(await trail.ReadAllAsync()));
    }

    [Fact]
    public async Task Entries_of_many_callers_are_written_together_and_each_once()
    {
        await using var trail = await TestTrail.CreateAsync(postgres, auditing: Deliver(AuditDelivery.DurableAsync));

        await Task.WhenAll(Enumerable.Range(0, 2000).Select(number => trail.Logger.LogActionAsync(TestTrail.Action(number)).AsTask()));

        Assert.Equal(2000, (await trail.ReadAllAsync()).Select(entry => entry.ResourceId).Distinct(StringComparer.Ordinal).Count());
        // Together: far fewer transactions than entries.
        Assert.InRange(await trail.ReadAsync<long>("SELECT count(DISTINCT xact) FROM {s}.audit_entries"), 1, 500);
    }

    [Fact]
    public async Task In_an_outage_entries_go_to_disk_and_from_there_to_the_database_once_and_in_order()
    {
        using var folder = new TemporaryFolder();
        await using var proxy = postgres.StartProxy();
        await using var trail = await TestTrail.CreateAsync(
            postgres,
            options => (options.ConnectionString, options.SpillDirectory) = (postgres.Through(proxy), folder.Path),
            Deliver(AuditDelivery.DurableAsync)
        );
        await trail.Logger.LogActionAsync(TestTrail.Action(0));
        proxy.RefuseConnections();
        proxy.CutAll();

        for (var number = 1; number <= 20; number++)
            await trail.Logger.LogActionAsync(TestTrail.Action(number));

        Assert.NotEmpty(folder.Files("*.spill"));
        Assert.True(trail.Logger.Deliveries.IsOutage);
        Assert.Equal(1L, await trail.ReadAsync<long>("SELECT count(*) FROM {s}.audit_entries"));
        proxy.AcceptConnections();
        await Poll.UntilAsync(() => !trail.Logger.Deliveries.IsOutage, Long);
        await trail.Logger.LogActionAsync(TestTrail.Action(21));

        Assert.Empty(folder.Files("*.spill"));
        Assert.Equal(
            Enumerable.Range(0, 22).Select(number => $"doc-{number}"),
            await trail.ReadAsync<string[]>("SELECT array_agg(resource_id ORDER BY ts, id) FROM {s}.audit_entries")
        );
        Assert.Equal(
            Enumerable.Range(0, 22).Select(number => $"doc-{number}"),
            await trail.ReadAsync<string[]>("SELECT array_agg(resource_id ORDER BY xact, ts, id) FROM {s}.audit_entries")
        );
    }

    [Fact]
    public async Task A_commit_whose_reply_was_lost_writes_nothing_twice()
    {
        using var folder = new TemporaryFolder();
        await using var proxy = postgres.StartProxy();
        await using var trail = await TestTrail.CreateAsync(
            postgres,
            options =>
                (options.ConnectionString, options.SpillDirectory, options.WriteTimeout) = (
                    postgres.Through(proxy),
                    folder.Path,
                    TimeSpan.FromMilliseconds(300)
                ),
            Deliver(AuditDelivery.DurableAsync)
        );
        await trail.Logger.LogActionAsync(TestTrail.Action(0));
        proxy.ServerToClient.BlackHole();

        // Npgsql itself would wait three times a quarter of a minute.
        await trail.Logger.LogActionAsync(TestTrail.Action(1)).AsTask().WaitAsync(TimeSpan.FromSeconds(12));
        Assert.NotEmpty(folder.Files("*.spill"));
        proxy.ServerToClient.Pass();
        proxy.ResetAll();
        await Poll.UntilAsync(() => !trail.Logger.Deliveries.IsOutage, Long);

        Assert.Equal(2L, await trail.ReadAsync<long>("SELECT count(*) FROM {s}.audit_entries"));
    }

    [Fact]
    public async Task A_later_process_writes_what_an_earlier_one_left()
    {
        using var folder = new TemporaryFolder();
        await using var trail = await TestTrail.CreateAsync(postgres, options => options.SpillDirectory = folder.Path);
        await using (var proxy = postgres.StartProxy())
        {
            proxy.RefuseConnections();
            var options = TestTrail.NewOptions(postgres);
            (options.Schema, options.ConnectionString, options.SpillDirectory) = (trail.Schema, postgres.Through(proxy), folder.Path);
            options.DrainTimeout = TimeSpan.Zero;
            await using var dead = new PostgresAuditLogger(options, Deliver(AuditDelivery.DurableAsync));
            for (var number = 0; number < 10; number++)
                await dead.LogActionAsync(TestTrail.Action(number));
        }

        Assert.NotEmpty(folder.Files("*.spill"));
        trail.Logger.Start();
        await Poll.UntilAsync(async () => await trail.ReadAsync<long>("SELECT count(*) FROM {s}.audit_entries") == 10, Long);
        await Poll.UntilAsync(() => folder.Files("*.spill").Length == 0, Long);
    }

    [Fact]
    public async Task Without_a_spill_directory_an_outage_fails_the_call_or_is_counted_as_the_policy_says()
    {
        await using var proxy = postgres.StartProxy();
        proxy.RefuseConnections();
        var auditing = new AuditingOptions
        {
            Rules =
            {
                new AuditPolicyRule { Action = "document.read", OnFailure = AuditFailureMode.ContinueAndSignal },
                new AuditPolicyRule(),
            },
        };
        var options = TestTrail.NewOptions(postgres);
        options.ConnectionString = postgres.Through(proxy);
        await using var logger = new PostgresAuditLogger(options, auditing);

        var failure = await Assert.ThrowsAsync<AuditException>(async () => await logger.LogActionAsync(TestTrail.Action(1)));
        await logger.LogActionAsync(TestTrail.Action(2, "document.read"));

        Assert.Equal((PostgresAuditErrorCodes.Unavailable, true), (failure.Code, failure.IsTransient));
        Assert.IsAssignableFrom<NpgsqlException>(failure.InnerException);
        Assert.Equal(1, logger.Deliveries.Metrics.TotalDropped);
        Assert.True(logger.Deliveries.Metrics.HasLostLately);
    }

    [Fact]
    public async Task A_full_spill_directory_fails_the_call()
    {
        using var folder = new TemporaryFolder();
        await using var proxy = postgres.StartProxy();
        proxy.RefuseConnections();
        var options = TestTrail.NewOptions(postgres);
        (options.ConnectionString, options.SpillDirectory, options.SpillLimitBytes) = (postgres.Through(proxy), folder.Path, 1 << 20);
        options.DrainTimeout = TimeSpan.Zero;
        await using var logger = new PostgresAuditLogger(options, Deliver(AuditDelivery.DurableAsync));
        var big = TestTrail.Action(1) with { UserAgent = new string('x', 8000) };

        var failure = await Assert.ThrowsAsync<AuditException>(async () =>
        {
            for (var number = 0; number < 200; number++)
                await logger.LogActionAsync(big);
        });

        Assert.Equal(PostgresAuditErrorCodes.SpillFailed, failure.Code);
    }

    [Fact]
    public async Task Best_effort_returns_at_once_and_counts_what_an_outage_cost()
    {
        using var folder = new TemporaryFolder();
        await using var proxy = postgres.StartProxy();
        var auditing = new AuditingOptions
        {
            Rules =
            {
                new AuditPolicyRule { Action = "document.read", Delivery = AuditDelivery.BestEffort },
                new AuditPolicyRule { Delivery = AuditDelivery.DurableAsync },
            },
        };
        var pool = $"best-effort-{Guid.NewGuid():N}";
        using var written = new MetricRecorder(
            "LedgerLift.Auditing.Postgres",
            "ledgerlift.auditing.write.duration",
            ("db.client.connection.pool.name", pool)
        );
        await using var trail = await TestTrail.CreateAsync(
            postgres,
            options => (options.ConnectionString, options.SpillDirectory, options.Name) = (postgres.Through(proxy), folder.Path, pool),
            auditing
        );
        await trail.Logger.LogActionAsync(TestTrail.Action(1, "document.read"));
        await Poll.UntilAsync(async () => await trail.ReadAsync<long>("SELECT count(*) FROM {s}.audit_entries") == 1, Long);
        // Not only written: the writer has heard so, or its cut reply would count as one more that was lost.
        await Poll.UntilAsync(() => written.Measurements.Count > 0, Long);
        proxy.RefuseConnections();
        proxy.CutAll();
        await trail.Logger.LogActionAsync(TestTrail.Action(2));

        await trail.Logger.LogActionAsync(TestTrail.Action(3, "document.read"));

        Assert.Equal(1, trail.Logger.Deliveries.Metrics.TotalDropped);
        Assert.False(trail.Logger.Deliveries.Metrics.HasLostLately);
        proxy.AcceptConnections();
        await Poll.UntilAsync(async () => await trail.ReadAsync<long>("SELECT count(*) FROM {s}.audit_entries") == 2, Long);
    }

    [Fact]
    public async Task Disposal_waits_for_what_is_still_in_memory()
    {
        var auditing = Deliver(AuditDelivery.BestEffort);
        await using var trail = await TestTrail.CreateAsync(postgres, auditing: auditing);
        for (var number = 0; number < 3000; number++)
            await trail.Logger.LogActionAsync(TestTrail.Action(number));

        await trail.Logger.DisposeAsync();

        Assert.Equal(3000L, await trail.ReadAsync<long>("SELECT count(*) FROM {s}.audit_entries"));
        var failure = await Assert.ThrowsAsync<AuditException>(async () =>
            await trail.Logger.Deliveries.WriteAsync(
                new AuditEntry(Guid.NewGuid(), DateTimeOffset.UnixEpoch.AddYears(50), "a", "b", "c"),
                AuditDelivery.Committed,
                TestContext.Current.CancellationToken
            )
        );
        Assert.Equal(PostgresAuditErrorCodes.Stopped, failure.Code);
    }

    [Theory]
    [InlineData(AuditDelivery.Committed)]
    [InlineData(AuditDelivery.DurableAsync)]
    public async Task An_entry_that_the_server_refuses_fails_alone(AuditDelivery delivery)
    {
        using var folder = new TemporaryFolder();
        await using var trail = await TestTrail.CreateAsync(postgres, options => options.SpillDirectory = folder.Path, Deliver(delivery));
        await trail.ExecuteAsync("ALTER TABLE {s}.audit_entries ADD CONSTRAINT refused CHECK (action <> 'refused')");

        var calls = Enumerable
            .Range(0, 20)
            .Select(number => trail.Logger.LogActionAsync(TestTrail.Action(number, number == 7 ? "refused" : "fine")).AsTask())
            .ToList();

        var failure = await Assert.ThrowsAsync<AuditException>(() => Task.WhenAll(calls));
        Assert.Equal(PostgresAuditErrorCodes.Rejected, failure.Code);
        Assert.Equal(19, (await trail.ReadAllAsync()).Count);
        Assert.Empty(folder.Files("*.spill"));
    }

    [Fact]
    public async Task The_trail_opens_no_more_connections_than_its_own_pool_has()
    {
        await using var trail = await TestTrail.CreateAsync(postgres, options => options.PoolSize = 2, Deliver(AuditDelivery.Committed));

        await Task.WhenAll(Enumerable.Range(0, 500).Select(number => trail.Logger.LogActionAsync(TestTrail.Action(number)).AsTask()));

        var open = await trail.ReadAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{trail.Options.Name}'");
        Assert.InRange(open, 1, 2 + 2);
    }

    [Fact]
    public async Task A_caller_who_gives_up_waiting_is_not_taken_for_a_failure()
    {
        await using var proxy = postgres.StartProxy();
        await using var trail = await TestTrail.CreateAsync(postgres, options => options.ConnectionString = postgres.Through(proxy));
        await trail.Logger.LogActionAsync(TestTrail.Action(0));
        proxy.ServerToClient.Stall();
        using var caller = new CancellationTokenSource();
        var call = trail.Logger.LogActionAsync(TestTrail.Action(1), caller.Token).AsTask();

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(0, trail.Logger.Deliveries.Metrics.TotalDropped);
        proxy.ServerToClient.Pass();
    }

    private static AuditingOptions Deliver(AuditDelivery delivery) => new() { Rules = { new AuditPolicyRule { Delivery = delivery } } };
}
