using System.Diagnostics;

namespace LedgerLift.Auditing.Contract;

public abstract partial class AuditLoggerContract
{
    [Fact]
    public async Task An_entry_is_found_as_it_was_returned()
    {
        var logger = await CreateAsync();
        var action = new AuditAction("document.upload", "document", "failure")
        {
            ResourceId = "d1",
            UserId = "ann",
            IpAddress = "2001:db8::1",
            UserAgent = "curl/8",
            Details = AuditActions.Parse("""{"bytes":9007199254740993,"nothing":null}"""),
        };

        var logged = await logger.LogActionAsync(action);
        await SettleAsync(logger);

        Assert.Equal(("document.upload", "document", "failure"), (logged.Action, logged.ResourceType, logged.Result));
        Assert.Equal(("d1", "ann", "2001:db8::1", "curl/8"), (logged.ResourceId, logged.UserId, logged.IpAddress, logged.UserAgent));
        Assert.Equal(7, logged.Id.Version);
        Assert.Equal(logged, Assert.Single((await logger.QueryAsync(new AuditFilters())).Entries));
    }

    [Fact]
    public async Task The_time_is_that_of_the_clock_in_utc_and_microseconds()
    {
        var logger = await CreateAsync();

        var logged = await logger.LogActionAsync(Upload());

        Assert.Equal(TimeSpan.Zero, logged.Timestamp.Offset);
        Assert.Equal(Clock.Start.AddTicks(-1), logged.Timestamp);
    }

    [Fact]
    public async Task Every_valid_action_comes_back_equal()
    {
        var logger = await CreateAsync();
        var logged = new List<AuditEntry>();
        foreach (var action in AuditActions.Any.Seeded(Cases))
        {
            logged.Add(await logger.LogActionAsync(action));
            Clock.Advance(TimeSpan.FromMicroseconds(1));
        }

        await SettleAsync(logger);

        logged.Reverse();
        Assert.Equal(logged, await StreamAsync(logger, new AuditFilters()));
    }

    [Fact]
    public async Task Details_as_deep_as_allowed_come_back_equal()
    {
        var logger = await CreateAsync();
        var action = Upload() with { Details = AuditActions.Parse(JsonTexts.Nested(AuditEntry.MaxDetailsDepth)) };

        var logged = await logger.LogActionAsync(action);
        await SettleAsync(logger);

        Assert.Equal(logged, Assert.Single((await logger.QueryAsync(new AuditFilters())).Entries));
    }

    [Fact]
    public async Task An_action_that_makes_no_valid_entry_is_refused_and_leaves_nothing()
    {
        var logger = await CreateAsync(new AuditingOptions { MaxDetailsBytes = 10 });

        await Assert.ThrowsAsync<ArgumentNullException>(() => logger.LogActionAsync(null!).AsTask());
        var blank = await Assert.ThrowsAsync<ArgumentException>(() => logger.LogActionAsync(new AuditAction(" ", "document")).AsTask());
        var half = await Assert.ThrowsAsync<ArgumentException>(() => logger.LogActionAsync(Upload("\ud800")).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() =>
            logger.LogActionAsync(Upload() with { Details = AuditActions.Parse("\"123456789\"") }).AsTask()
        );
        await SettleAsync(logger);

        Assert.Equal("action", blank.ParamName);
        Assert.Equal("resourceId", half.ParamName);
        Assert.Empty((await logger.QueryAsync(new AuditFilters())).Entries);
    }

    [Fact]
    public async Task A_call_whose_token_was_cancelled_before_leaves_nothing()
    {
        var logger = await CreateAsync();
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => logger.LogActionAsync(Upload(), cancelled).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => logger.QueryAsync(new AuditFilters(), cancelled).AsTask());
        await SettleAsync(logger);

        Assert.Empty((await logger.QueryAsync(new AuditFilters())).Entries);
    }

    [Fact]
    public async Task The_request_id_of_the_host_and_the_trace_id_of_the_caller_are_recorded()
    {
        var logger = await CreateAsync(new AuditingOptions { RequestId = () => "request-1" });
        using var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();

        var logged = await logger.LogActionAsync(Upload());
        await SettleAsync(logger);

        Assert.Equal(("request-1", activity.TraceId.ToHexString()), (logged.RequestId, logged.TraceId));
        Assert.Equal(logged, Assert.Single((await logger.QueryAsync(new AuditFilters { RequestId = "request-1" })).Entries));
    }

    [Fact]
    public async Task Details_are_redacted_before_they_are_written()
    {
        var logger = await CreateAsync(new AuditingOptions { RedactDetails = _ => AuditActions.Parse("""{"iban":"[REDACTED]"}""") });

        await logger.LogActionAsync(Upload() with { Details = AuditActions.Parse("""{"iban":"DE89370400440532013000"}""") });
        await SettleAsync(logger);

        var found = Assert.Single((await logger.QueryAsync(new AuditFilters())).Entries);
        Assert.Equal("""{"iban":"[REDACTED]"}""", found.Details?.GetRawText());
    }

    [Fact]
    public async Task The_first_rule_that_matches_decides_how_much_is_recorded()
    {
        var auditing = new AuditingOptions();
        auditing.Rules.Add(new AuditPolicyRule { Action = "document.read", Level = AuditLevel.None });
        auditing.Rules.Add(new AuditPolicyRule { Action = "document.*", Level = AuditLevel.Metadata });
        var logger = await CreateAsync(auditing);
        var details = AuditActions.Parse("1");

        var read = await logger.LogActionAsync(new AuditAction("document.read", "document") { Details = details });
        Clock.Advance(TimeSpan.FromSeconds(1));
        var listed = await logger.LogActionAsync(new AuditAction("document.list", "document") { Details = details });
        Clock.Advance(TimeSpan.FromSeconds(1));
        var issued = await logger.LogActionAsync(new AuditAction("token.issue", "token") { Details = details });
        await SettleAsync(logger);

        Assert.Equal("document.read", read.Action);
        Assert.Null(listed.Details);
        Assert.NotNull(issued.Details);
        Assert.Equal([issued, listed], (await logger.QueryAsync(new AuditFilters())).Entries);
    }

    [Fact]
    public async Task Of_16_writers_every_acknowledged_entry_is_there_once()
    {
        var logger = await CreateAsync();

        var logged = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(writer =>
                    Task.Run(async () =>
                    {
                        var entries = new List<AuditEntry>();
                        for (var i = 0; i < Cases / 8; i++)
                            entries.Add(await logger.LogActionAsync(Upload($"{writer}-{i}")));
                        return entries;
                    })
                )
        );
        await SettleAsync(logger);

        var found = await StreamAsync(logger, new AuditFilters());
        Assert.Equal(logged.SelectMany(entries => entries).OrderBy(entry => entry.Id).ToList(), found.OrderBy(entry => entry.Id).ToList());
    }
}
