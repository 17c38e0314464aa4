namespace LedgerLift.Auditing.Contract;

public abstract partial class AuditLoggerContract
{
    [Fact]
    public async Task An_empty_trail_gives_an_empty_page()
    {
        var logger = await CreateAsync();

        var page = await logger.QueryAsync(new AuditFilters());

        Assert.Empty(page.Entries);
        Assert.Null(page.NextCursor);
    }

    [Fact]
    public async Task Every_query_answers_what_the_model_answers()
    {
        string? requestId = null;
        var logger = await CreateAsync(new AuditingOptions { RequestId = () => requestId });
        var logged = new List<AuditEntry>();
        foreach (var action in AuditActions.Few.Seeded(60))
        {
            requestId = logged.Count % 3 == 0 ? null : $"request-{logged.Count % 3}";
            logged.Add(await logger.LogActionAsync(action));
            // Every other entry has the time of the one before.
            if (logged.Count % 2 == 0)
                Clock.Advance(TimeSpan.FromSeconds(20));
        }

        await SettleAsync(logger);
        var start = logged[0].Timestamp;

        foreach (var (some, from, to) in AuditActions.Filters.Seeded(Cases))
        {
            var filters = some with { From = start.AddMinutes(from ?? 0), To = to is { } end ? start.AddMinutes(end) : null };
            var expected = AuditModel.Query(logged, filters);

            Assert.Equal(expected, await PagesAsync(logger, filters));
            Assert.Equal(expected, await StreamAsync(logger, filters));
        }
    }

    [Fact]
    public async Task Entries_come_newest_first_and_equal_times_by_id()
    {
        var logger = await CreateAsync();
        var together = await LogAsync(logger, 5, apart: TimeSpan.Zero);
        Clock.Advance(TimeSpan.FromSeconds(1));
        var last = await logger.LogActionAsync(Upload());
        await SettleAsync(logger);

        var page = await logger.QueryAsync(new AuditFilters());

        var byId = together.OrderByDescending(entry => entry.Id.ToString(), StringComparer.Ordinal);
        Assert.Equal([last, .. byId], page.Entries);
    }

    [Fact]
    public async Task From_is_inclusive_and_to_is_exclusive()
    {
        var logger = await CreateAsync();
        var logged = await LogAsync(logger, 3, apart: TimeSpan.FromMicroseconds(1));
        var (first, second, third) = (logged[0], logged[1], logged[2]);

        Assert.Equal([third, second], (await logger.QueryAsync(new AuditFilters { From = second.Timestamp })).Entries);
        Assert.Equal([first], (await logger.QueryAsync(new AuditFilters { To = second.Timestamp })).Entries);
        Assert.Empty((await logger.QueryAsync(new AuditFilters { From = second.Timestamp, To = second.Timestamp })).Entries);
        var elsewhere = second.Timestamp.ToOffset(TimeSpan.FromHours(14));
        Assert.Equal([first], (await logger.QueryAsync(new AuditFilters { To = elsewhere })).Entries);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public async Task A_limit_outside_1_to_1000_is_refused(int limit)
    {
        var logger = await CreateAsync();
        var filters = new AuditFilters { Limit = limit };

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => logger.QueryAsync(filters).AsTask());
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = logger.StreamAsync(filters));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task The_edges_of_the_limit_are_allowed(int limit)
    {
        var logger = await CreateAsync();
        await LogAsync(logger, 2, apart: TimeSpan.FromSeconds(1));

        var page = await logger.QueryAsync(new AuditFilters { Limit = limit });

        Assert.Equal(Math.Min(limit, 2), page.Entries.Count);
    }

    [Fact]
    public async Task Bad_filters_are_refused()
    {
        var logger = await CreateAsync();
        var reversed = new AuditFilters { From = Clock.Start, To = Clock.Start.AddTicks(-1) };

        await Assert.ThrowsAsync<ArgumentNullException>(() => logger.QueryAsync(null!).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => logger.QueryAsync(reversed).AsTask());
        Assert.Throws<ArgumentNullException>(() => _ = logger.StreamAsync(null!));
        Assert.Throws<ArgumentException>(() => _ = logger.StreamAsync(reversed));
    }
}
