namespace LedgerLift.Resilience.Tests;

public sealed class CircuitBreakerGrowthTests
{
    [Fact]
    public void Each_opening_in_a_row_lasts_longer_by_the_multiplier_up_to_the_maximum()
    {
        var rig = new BreakerRig(o => (o.RecoveryMultiplier, o.MaxRecoveryTimeout) = (2, TimeSpan.FromSeconds(500)));

        Assert.Equal([60, 120, 240, 480, 500, 500], Openings(rig, 6));
    }

    [Fact]
    public void An_opening_admits_its_probe_at_the_end_of_the_grown_time_and_not_before()
    {
        var rig = new BreakerRig(o => o.RecoveryMultiplier = 1.5);
        rig.OpenAndRecover();
        rig.Fail();

        rig.Clock.Advance(TimeSpan.FromSeconds(90) - BreakerRig.Tick);
        rig.Refused();
        rig.Clock.Advance(BreakerRig.Tick);
        rig.EnterProbe();
    }

    [Fact]
    public void Closing_starts_the_growth_anew()
    {
        var rig = new BreakerRig(o => o.RecoveryMultiplier = 2);
        Openings(rig, 3);
        rig.Succeed(2);
        Assert.Equal(BreakerState.Closed, rig.State);
        Assert.Equal([60, 120], Openings(rig, 2));

        rig.Breaker.Close();
        Assert.Equal([60, 120], Openings(rig, 2));
    }

    [Fact]
    public void With_a_multiplier_of_one_every_opening_lasts_the_recovery_time_even_beyond_the_maximum()
    {
        var rig = new BreakerRig(o => (o.RecoveryTimeout, o.MaxRecoveryTimeout) = (TimeSpan.FromHours(1), TimeSpan.FromSeconds(1)));

        Assert.Equal([3600, 3600, 3600], Openings(rig, 3));
    }

    [Fact]
    public void Openings_by_hand_grow_too_but_restarting_an_opening_keeps_its_length()
    {
        var rig = new BreakerRig(o => o.RecoveryMultiplier = 2);
        rig.OpenAndRecover();
        rig.EnterProbe();

        rig.Breaker.Trip();
        Assert.Equal(TimeSpan.FromSeconds(120), rig.Snapshot.RetryAfter);

        rig.Clock.Advance(TimeSpan.FromSeconds(100));
        rig.Breaker.Trip();
        rig.Breaker.Trip();
        Assert.Equal(TimeSpan.FromSeconds(120), rig.Snapshot.RetryAfter);
    }

    [Fact]
    public void Isolating_is_no_close_and_lets_the_growth_stand()
    {
        var rig = new BreakerRig(o => o.RecoveryMultiplier = 2);
        rig.Open();

        rig.Breaker.Isolate();
        rig.Breaker.Trip();

        Assert.Equal(TimeSpan.FromSeconds(120), rig.Snapshot.RetryAfter);
    }

    [Theory]
    [InlineData(double.MaxValue)]
    [InlineData(1e100)]
    public void Growth_beyond_every_number_ends_at_the_maximum(double multiplier)
    {
        var rig = new BreakerRig(o => (o.RecoveryMultiplier, o.MaxRecoveryTimeout) = (multiplier, TimeSpan.FromSeconds(500)));

        Assert.Equal([60, 500, 500, 500, 500], Openings(rig, 5));
    }

    [Fact]
    public void The_longest_times_there_are_do_not_overflow()
    {
        var rig = new BreakerRig(o =>
        {
            o.RecoveryTimeout = TimeSpan.MaxValue;
            o.MaxRecoveryTimeout = TimeSpan.MaxValue;
            o.RecoveryMultiplier = 2;
        });
        rig.Open();
        rig.Clock.Advance(TimeSpan.FromDays(10_000));

        var rejection = rig.Refused();

        Assert.InRange(rejection.RetryAfter!.Value, TimeSpan.FromDays(90_000), TimeSpan.MaxValue);
    }

    // Opens, measures and recovers, again and again without a close; ends half-open with its place free.
    private static double[] Openings(BreakerRig rig, int count)
    {
        var lengths = new double[count];
        for (var i = 0; i < count; i++)
        {
            if (i == 0)
                rig.Open();
            else
                rig.Fail();
            lengths[i] = rig.Snapshot.RetryAfter!.Value.TotalSeconds;
            rig.Clock.Advance(rig.Snapshot.RetryAfter.Value);
        }

        rig.EnterProbe().Ignore();
        return lengths;
    }
}
