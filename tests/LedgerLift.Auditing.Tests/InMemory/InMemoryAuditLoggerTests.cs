using LedgerLift.Testing;

namespace LedgerLift.Auditing.Tests;

public sealed class InMemoryAuditLoggerTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task It_keeps_exactly_the_newest_entries()
    {
        var random = new SeededRandom();
        for (var trial = 0; trial < 300; trial++)
        {
            var (capacity, count) = (random.Next(1, 21), random.Next(0, 71));
            var logger = Logger(capacity);
            var logged = await LogAsync(logger, count);

            Assert.Equal(Math.Min(capacity, count), logger.Count);
            Assert.True((await AllAsync(logger)).ToHashSet().SetEquals(logged.Skip(Math.Max(0, count - capacity))));
        }
    }

    [Fact]
    public async Task Of_16_writers_only_the_oldest_are_trimmed()
    {
        var logger = new InMemoryAuditLogger(new InMemoryAuditOptions { MaxEntries = 500 });

        var logged = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => LogAsync(logger, 500))));

        var all = logged.SelectMany(entries => entries).ToList();
        var kept = await AllAsync(logger);
        var ids = kept.Select(entry => entry.Id).ToHashSet();
        Assert.Equal((8000, 500, 500), (all.Select(entry => entry.Id).Distinct().Count(), ids.Count, logger.Count));
        var oldestKept = kept.Min(entry => entry.Timestamp);
        Assert.All(all.Where(entry => !ids.Contains(entry.Id)), entry => Assert.True(entry.Timestamp <= oldestKept));
        Assert.All(logged, entries => Assert.Equal(entries.OrderBy(entry => entry.Timestamp), entries));
    }

    [Fact]
    public async Task An_entry_that_took_longer_to_make_is_no_older_than_one_that_was_written_meanwhile()
    {
        InMemoryAuditLogger logger = null!;
        var auditing = new AuditingOptions
        {
            RedactDetails = details =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                var logged = logger.LogActionAsync(new AuditAction("c", "d")).AsTask();
                Assert.True(logged.IsCompletedSuccessfully);
                return details;
            },
        };
        logger = new InMemoryAuditLogger(options: null, auditing, _clock);

        var slow = await logger.LogActionAsync(new AuditAction("a", "b") { Details = Json.Parse("1") });

        var quick = Assert.Single((await logger.QueryAsync(new AuditFilters { Action = "c" })).Entries);
        Assert.Equal(quick.Timestamp, slow.Timestamp);
    }

    [Fact]
    public async Task When_the_clock_is_set_back_the_entry_written_last_is_still_kept()
    {
        var logger = Logger(2);
        var before = await LogAsync(logger, 2);
        _clock.StepWallClock(TimeSpan.FromHours(-1));
        var after = await LogAsync(logger, 1);

        Assert.Equal([before[1], after[0]], await AllAsync(logger));
    }

    [Fact]
    public async Task An_entry_that_is_logged_under_the_level_none_is_not_kept()
    {
        var auditing = new AuditingOptions();
        auditing.Rules.Add(new AuditPolicyRule { Level = AuditLevel.None });
        var logger = new InMemoryAuditLogger(options: null, auditing, _clock);

        await logger.LogActionAsync(new AuditAction("a", "b"));

        Assert.Equal(0, logger.Count);
    }

    [Fact]
    public async Task Calls_are_measured()
    {
        using var metrics = new MetricRecorder(AuditingDiagnostics.MeterName);
        var logger = Logger(1);

        await logger.LogActionAsync(new AuditAction("a", "b"));
        await logger.LogActionAsync(new AuditAction("a", "b"));

        // Other tests of the process log at the same time.
        Assert.True(metrics.Sum("ledgerlift.auditing.entries", ("store", "memory"), ("level", "full")) >= 2);
        Assert.True(metrics.Sum("ledgerlift.auditing.dropped", ("store", "memory"), ("reason", "capacity")) >= 1);
        Assert.True(metrics.Values("ledgerlift.auditing.write.duration", ("store", "memory")).Count >= 2);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(10_000_000, true)]
    [InlineData(10_000_001, false)]
    public void It_may_keep_1_to_10_million(int most, bool valid)
    {
        var options = new InMemoryAuditOptions { MaxEntries = most };

        Assert.Equal(valid, new InMemoryAuditOptionsValidator().Validate(null, options).Succeeded);
        if (!valid)
            Assert.Contains(
                "MaxEntries",
                Assert.Throws<ArgumentException>(() => new InMemoryAuditLogger(options)).Message,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public void The_default_keeps_10_000() => Assert.Equal(10_000, new InMemoryAuditOptions().MaxEntries);

    private InMemoryAuditLogger Logger(int capacity) => new(new InMemoryAuditOptions { MaxEntries = capacity }, _clock);

    private static async Task<List<AuditEntry>> LogAsync(InMemoryAuditLogger logger, int count)
    {
        var entries = new List<AuditEntry>();
        for (var i = 0; i < count; i++)
            entries.Add(await logger.LogActionAsync(new AuditAction("a", "b")));
        return entries;
    }

    private static async Task<IReadOnlyList<AuditEntry>> AllAsync(InMemoryAuditLogger logger) =>
        (await logger.QueryAsync(new AuditFilters { Limit = 1000 })).Entries;
}
