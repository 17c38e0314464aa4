namespace LedgerLift.Auth.Tests;

public sealed class CoarseClockTests
{
    private const long Now = 64_000_000_000_000;
    private const long Count = 7_000;

    private readonly CoarseClock _clock = new();

    [Fact]
    public void Knows_nothing_before_it_has_learned() => Assert.False(_clock.IsFar(long.MaxValue, count: 0));

    [Theory]
    [InlineData(CoarseClock.Slack, false)]
    [InlineData(CoarseClock.Slack + 1, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    public void Only_what_is_further_away_than_the_slack_is_far(long away, bool far)
    {
        _clock.Learn(Count, Now);

        Assert.Equal(far, _clock.IsFar(Now + away, Count));
        Assert.Equal(far, _clock.IsFar(Now + 10 + away, Count + 10));
    }

    [Theory]
    [InlineData(CoarseClock.MaxAge, true)]
    [InlineData(CoarseClock.MaxAge + 1, false)]
    public void A_reading_serves_no_longer_than_its_age_allows(long age, bool serves)
    {
        _clock.Learn(Count, Now);

        Assert.Equal(serves, _clock.IsFar(Now + 1_000_000, Count + age));
    }

    [Fact]
    public void A_clock_that_was_set_is_seen_with_the_next_reading()
    {
        _clock.Learn(Count, Now);
        _clock.Learn(Count + CoarseClock.MaxAge + 1, Now + 3_600_000);

        Assert.False(_clock.IsFar(Now + 3_600_000, Count + CoarseClock.MaxAge + 1));
        Assert.True(_clock.IsFar(Now + 3_700_000, Count + CoarseClock.MaxAge + 1));
    }

    [Fact]
    public void An_older_reading_does_not_replace_a_newer_one()
    {
        _clock.Learn(Count + 10, Now + 3_600_000);
        _clock.Learn(Count, Now);

        Assert.False(_clock.IsFar(Now + 3_600_000, Count + 11));
    }

    [Fact]
    public async Task The_systems_clock_is_exact_to_the_millisecond()
    {
        var store = new InMemoryTokenStore();
        var expiry = TimeProvider.System.GetUtcNow().AddMilliseconds(200);
        await store.StoreAsync("jti-1", "ann", expiry, TestContext.Current.CancellationToken);
        var end = Instant.Truncate(expiry);
        while (true)
        {
            var before = TimeProvider.System.GetUtcNow();
            var active = await store.IsActiveAsync("jti-1", "ann", TestContext.Current.CancellationToken);
            var after = TimeProvider.System.GetUtcNow();
            if (after < end)
                Assert.True(active);
            if (before < end)
                continue;
            Assert.False(active);
            break;
        }
    }
}
