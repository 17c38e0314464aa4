namespace LedgerLift.Resilience.Tests;

public sealed class CircuitBreakerUpdateTests
{
    [Theory]
    [InlineData(BreakerState.Closed)]
    [InlineData(BreakerState.Open)]
    [InlineData(BreakerState.HalfOpen)]
    [InlineData(BreakerState.Isolated)]
    public void New_settings_leave_the_state_and_its_counts_alone(BreakerState state)
    {
        var rig = new BreakerRig();
        rig.Bring(state);
        if (state == BreakerState.Closed)
            rig.Fail(4);
        var before = rig.Snapshot;

        rig.Breaker.Update(Other());

        Assert.Equal(before, rig.Snapshot);
    }

    [Fact]
    public void The_count_goes_on_under_the_new_threshold()
    {
        var rig = new BreakerRig();
        rig.Fail(4);

        rig.Breaker.Update(new CircuitBreakerOptions { FailureThreshold = 6 });
        rig.Fail();
        Assert.Equal((BreakerState.Closed, 5), (rig.State, rig.Snapshot.ConsecutiveFailures));
        rig.Fail();
        Assert.Equal(BreakerState.Open, rig.State);
    }

    [Fact]
    public void A_threshold_lowered_under_the_count_opens_on_the_next_failure_only()
    {
        var rig = new BreakerRig();
        rig.Fail(4);

        rig.Breaker.Update(new CircuitBreakerOptions { FailureThreshold = 2 });
        Assert.Equal(BreakerState.Closed, rig.State);
        rig.Fail();

        Assert.Equal(BreakerState.Open, rig.State);
    }

    [Fact]
    public void An_opening_under_way_keeps_its_length_and_the_next_has_the_new_one()
    {
        var rig = new BreakerRig();
        rig.Open();

        rig.Breaker.Update(Other());
        Assert.Equal(BreakerRig.Recovery, rig.Snapshot.RetryAfter);
        rig.Clock.Advance(BreakerRig.Recovery);
        rig.EnterProbe().Failure();

        Assert.Equal(TimeSpan.FromSeconds(5), rig.Snapshot.RetryAfter);
    }

    [Fact]
    public void A_call_admitted_under_the_old_settings_counts_under_the_new()
    {
        var rig = new BreakerRig();
        var call = rig.Enter();

        rig.Breaker.Update(new CircuitBreakerOptions { FailureThreshold = 1 });
        call.Failure();

        Assert.Equal((BreakerState.Open, 0L), (rig.State, rig.Snapshot.StaleResults));
    }

    [Fact]
    public void Fewer_places_admit_nobody_until_enough_probes_have_ended()
    {
        var rig = new BreakerRig(o => (o.SuccessThreshold, o.MaxConcurrentProbes) = (3, 3));
        rig.OpenAndRecover();
        var probes = new[] { rig.EnterProbe(), rig.EnterProbe(), rig.EnterProbe() };

        rig.Breaker.Update(new CircuitBreakerOptions { SuccessThreshold = 3, MaxConcurrentProbes = 1 });
        probes[0].Ignore();
        probes[1].Ignore();
        rig.Refused();
        probes[2].Ignore();

        rig.EnterProbe();
    }

    [Fact]
    public void Shadow_can_be_switched_off_and_on_while_open()
    {
        var rig = new BreakerRig();
        rig.Open();
        rig.Refused();

        rig.Breaker.Update(new CircuitBreakerOptions { Mode = BreakerMode.Shadow });
        rig.Enter().Success();
        rig.Breaker.Update(new CircuitBreakerOptions());

        rig.Refused();
        Assert.Equal((BreakerState.Open, 3L), (rig.State, rig.Snapshot.Rejections));
    }

    [Fact]
    public void Wrong_settings_are_refused_and_the_old_ones_stay()
    {
        var rig = new BreakerRig();

        Assert.Throws<ArgumentNullException>("options", () => rig.Breaker.Update(null!));
        Assert.Throws<ArgumentException>("options", () => rig.Breaker.Update(new CircuitBreakerOptions { FailureThreshold = 0 }));

        rig.Fail(4);
        Assert.Equal(BreakerState.Closed, rig.State);
        rig.Fail();
        Assert.Equal(BreakerState.Open, rig.State);
    }

    private static CircuitBreakerOptions Other() =>
        new()
        {
            FailureThreshold = 1,
            RecoveryTimeout = TimeSpan.FromSeconds(5),
            SuccessThreshold = 1,
            ProbeLease = TimeSpan.FromSeconds(1),
            RecoveryMultiplier = 1,
        };
}
