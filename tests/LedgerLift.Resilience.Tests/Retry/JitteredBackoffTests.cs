namespace LedgerLift.Resilience.Tests;

public sealed class JitteredBackoffTests
{
    private const double AlmostOne = 1 - (1.0 / (1L << 53));

    [Theory]
    [InlineData(0, 0, 0.8)]
    [InlineData(0, 0.5, 1)]
    [InlineData(1, 0, 1.6)]
    [InlineData(1, 0.5, 2)]
    [InlineData(2, 0.25, 3.6)]
    // At the cap: c = 30, hi = 30, lo = 30 - 12.
    [InlineData(5, 0, 18)]
    [InlineData(5, 0.5, 24)]
    [InlineData(int.MaxValue, 0.5, 24)]
    public void The_default_delays_are_those_of_the_formula(int retry, double random, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), JitteredBackoff.GetDelay(new RetryOptions(), retry, random));

    [Fact]
    public void Just_below_the_cap_the_interval_moves_down_and_keeps_its_width()
    {
        // c = 16 · 1.6 = 25.6, hi = min(30, 30.72) = 30, lo = 30 − 10.24.
        var options = new RetryOptions { BaseDelay = TimeSpan.FromSeconds(16), Multiplier = 1.6 };

        Assert.Equal(TimeSpan.FromSeconds(19.76), JitteredBackoff.GetDelay(options, 1, 0));
        Assert.Equal(TimeSpan.FromSeconds(24.88), JitteredBackoff.GetDelay(options, 1, 0.5));
        Assert.InRange(JitteredBackoff.GetDelay(options, 1, AlmostOne), TimeSpan.FromSeconds(29.999_999), options.MaxDelay);
    }

    [Fact]
    public void Two_thousand_clients_at_the_cap_do_not_meet()
    {
        var random = new Random(1);
        var options = new RetryOptions();

        var delays = Enumerable.Range(0, 2000).Select(_ => JitteredBackoff.GetDelay(options, 8, random.NextDouble())).ToList();

        Assert.True(delays.Distinct().Count() > 1990);
        Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.FromSeconds(18), options.MaxDelay));
        // Evenly: each sixth of the interval holds about a sixth of them.
        Assert.All(delays.CountBy(delay => (int)(delay.TotalSeconds - 18) / 2), sixth => Assert.InRange(sixth.Value, 270, 400));
    }

    [Fact]
    public void Full_spreads_from_zero_and_none_not_at_all()
    {
        var full = new RetryOptions { JitterMode = JitterMode.Full };
        var none = new RetryOptions { JitterMode = JitterMode.None };

        Assert.Equal(TimeSpan.Zero, JitteredBackoff.GetDelay(full, 3, 0));
        Assert.Equal(TimeSpan.FromSeconds(4), JitteredBackoff.GetDelay(full, 3, 0.5));
        Assert.Equal(TimeSpan.FromSeconds(8), JitteredBackoff.GetDelay(none, 3, 0));
        Assert.Equal(TimeSpan.FromSeconds(8), JitteredBackoff.GetDelay(none, 3, AlmostOne));
        Assert.Equal(TimeSpan.FromSeconds(30), JitteredBackoff.GetDelay(none, int.MaxValue, 0));
    }

    [Fact]
    public void No_base_delay_stays_no_delay_when_the_power_is_infinite() =>
        Assert.Equal(TimeSpan.Zero, JitteredBackoff.GetDelay(new RetryOptions { BaseDelay = TimeSpan.Zero }, int.MaxValue, 0.9));

    [Theory]
    [InlineData(-1e-300)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Refuses_a_random_number_outside_its_range(double random) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(random), () => JitteredBackoff.GetDelay(new RetryOptions(), 0, random));

    [Fact]
    public void Refuses_a_negative_retry_and_no_options()
    {
        Assert.Throws<ArgumentOutOfRangeException>("retry", () => JitteredBackoff.GetDelay(new RetryOptions(), -1, 0));
        Assert.Throws<ArgumentNullException>("options", () => JitteredBackoff.GetDelay(null!, 0, 0));
    }

    [Theory]
    // Shorter than the computed delay (0.8 to 1.2): no effect.
    [InlineData(0.5, 0, 0.8)]
    // Longer: a lower bound, spread upwards by the jitter.
    [InlineData(10, 0, 10)]
    [InlineData(10, 0.5, 11)]
    // The spread ends at MaxRetryAfter, and a longer wish is cut to it.
    [InlineData(28, 0.5, 29)]
    [InlineData(7200, 0, 30)]
    [InlineData(7200, 0.999, 30)]
    [InlineData(0, 0, 0.8)]
    [InlineData(-5, 0, 0.8)]
    public void A_wish_of_the_dependency_is_a_capped_lower_bound(double wish, double random, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), JitteredBackoff.GetDelay(new RetryOptions(), 0, random, TimeSpan.FromSeconds(wish)));

    [Fact]
    public void The_cap_of_wishes_is_its_own()
    {
        var longer = new RetryOptions { MaxRetryAfter = TimeSpan.FromMinutes(5), JitterMode = JitterMode.None };
        var off = new RetryOptions { MaxRetryAfter = TimeSpan.Zero, JitterMode = JitterMode.None };

        Assert.Equal(TimeSpan.FromMinutes(2), JitteredBackoff.GetDelay(longer, 0, 0.5, TimeSpan.FromMinutes(2)));
        Assert.Equal(TimeSpan.FromMinutes(5), JitteredBackoff.GetDelay(longer, 0, 0.5, TimeSpan.MaxValue));
        Assert.Equal(TimeSpan.FromSeconds(1), JitteredBackoff.GetDelay(off, 0, 0.5, TimeSpan.FromMinutes(2)));
    }
}
