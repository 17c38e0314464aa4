namespace LedgerLift.Testing.Tests;

public sealed class ManualTimeProviderTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Stands_still_until_it_is_moved()
    {
        var (wall, timestamp) = (_time.GetUtcNow(), _time.GetTimestamp());

        Assert.Equal((wall, timestamp), (_time.GetUtcNow(), _time.GetTimestamp()));
        Assert.Equal(ManualTimeProvider.DefaultStart, wall);
        Assert.NotEqual(0, timestamp);
    }

    [Fact]
    public void Starts_where_it_is_told_in_utc()
    {
        var start = new DateTimeOffset(2027, 3, 1, 1, 0, 0, TimeSpan.FromHours(14));

        var now = new ManualTimeProvider(start).GetUtcNow();

        Assert.Equal(start, now);
        Assert.Equal(TimeSpan.Zero, now.Offset);
    }

    [Fact]
    public void Advance_moves_both_hands()
    {
        var timestamp = _time.GetTimestamp();

        _time.Advance(TimeSpan.FromMilliseconds(1500));

        Assert.Equal(ManualTimeProvider.DefaultStart.AddMilliseconds(1500), _time.GetUtcNow());
        Assert.Equal(TimeSpan.FromMilliseconds(1500), _time.GetElapsedTime(timestamp));
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void A_wall_clock_step_leaves_timestamp_and_timers_alone(int seconds)
    {
        using var timer = _time.CreateTimer(_ => Assert.Fail("The timer follows the wall clock."), null, Second, Timeout.InfiniteTimeSpan);
        var timestamp = _time.GetTimestamp();

        _time.StepWallClock(TimeSpan.FromSeconds(seconds));

        Assert.Equal(ManualTimeProvider.DefaultStart.AddSeconds(seconds), _time.GetUtcNow());
        Assert.Equal(timestamp, _time.GetTimestamp());
        Assert.Equal([Second], _time.TimersDueIn);
    }

    [Fact]
    public void The_timestamp_moves_alone_and_fires_timers()
    {
        var fired = 0;
        using var timer = _time.CreateTimer(_ => fired++, null, Second, Timeout.InfiniteTimeSpan);
        var timestamp = _time.GetTimestamp();

        _time.AdvanceTimestamp(Second);

        Assert.Equal(1, fired);
        Assert.Equal(Second, _time.GetElapsedTime(timestamp));
        Assert.Equal(ManualTimeProvider.DefaultStart, _time.GetUtcNow());
    }

    [Fact]
    public void No_hand_but_the_wall_clock_runs_back()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.Advance(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.AdvanceTimestamp(TimeSpan.FromTicks(-1)));
    }

    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(10_000_000)]
    [InlineData(24_000_000)]
    [InlineData(1_000)]
    public void Elapsed_time_is_right_at_any_frequency_and_after_years(long frequency)
    {
        var time = new ManualTimeProvider(timestampFrequency: frequency);
        var start = time.GetTimestamp();

        time.Advance(TimeSpan.FromDays(3650));

        Assert.Equal(frequency, time.TimestampFrequency);
        Assert.Equal(TimeSpan.FromDays(3650), time.GetElapsedTime(start));
    }

    [Fact]
    public void A_frequency_of_zero_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ManualTimeProvider(timestampFrequency: 0));

    [Fact]
    public void The_local_time_zone_is_utc_until_set()
    {
        var kiritimati = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(14), "east", "east");
        Assert.Equal(TimeZoneInfo.Utc, _time.LocalTimeZone);

        _time.SetLocalTimeZone(kiritimati);

        Assert.Equal(TimeSpan.FromHours(14), _time.GetLocalNow().Offset);
    }

    [Fact]
    public async Task Concurrent_moves_add_up()
    {
        var start = _time.GetTimestamp();
        var fired = 0;
        await using var timer = _time.CreateTimer(_ => Interlocked.Increment(ref fired), null, Second, Second);

        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Run(() =>
                    {
                        for (var i = 0; i < 250; i++)
                            _time.Advance(TimeSpan.FromMilliseconds(100));
                    })
                )
        );

        Assert.Equal(TimeSpan.FromSeconds(100), _time.GetElapsedTime(start));
        Assert.Equal(100, fired);
    }
}
