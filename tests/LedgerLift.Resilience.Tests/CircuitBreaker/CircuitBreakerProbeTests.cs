namespace LedgerLift.Resilience.Tests;

public sealed class CircuitBreakerProbeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Half_open_admits_as_many_calls_at_a_time_as_it_is_told(int places)
    {
        var rig = new BreakerRig(o => (o.MaxConcurrentProbes, o.SuccessThreshold) = (places, 3));
        rig.OpenAndRecover();

        for (var i = 0; i < places; i++)
            rig.EnterProbe();

        Assert.Equal(places, rig.Snapshot.ProbesInFlight);
        Assert.Equal(new BreakerRejection(BreakerState.HalfOpen, TimeSpan.Zero, BreakerRig.Down), rig.Refused());
        Assert.Equal(1, rig.Snapshot.Rejections);
    }

    [Fact]
    public void A_successful_probe_makes_room_for_exactly_one_other()
    {
        var rig = new BreakerRig(o => (o.MaxConcurrentProbes, o.SuccessThreshold) = (2, 4));
        rig.OpenAndRecover();
        var first = rig.EnterProbe();
        rig.EnterProbe();

        first.Success();

        Assert.Equal((1, 1), (rig.Snapshot.ProbeSuccesses, rig.Snapshot.ProbesInFlight));
        rig.EnterProbe();
        rig.Refused();
    }

    [Fact]
    public void Only_successes_of_the_same_half_open_period_add_up()
    {
        var rig = new BreakerRig(o => o.SuccessThreshold = 3);
        rig.OpenAndRecover();
        rig.Succeed(2);
        rig.Fail();

        rig.Clock.Advance(BreakerRig.Recovery);
        rig.Succeed(2);
        Assert.Equal((BreakerState.HalfOpen, 2), (rig.State, rig.Snapshot.ProbeSuccesses));

        rig.Succeed();
        Assert.Equal(BreakerState.Closed, rig.State);
    }

    [Fact]
    public void One_failed_probe_reopens_for_a_full_fresh_recovery_time()
    {
        var rig = new BreakerRig(o => o.SuccessThreshold = 3);
        rig.OpenAndRecover();
        rig.Succeed(2);
        var probe = rig.EnterProbe();
        rig.Clock.Advance(TimeSpan.FromSeconds(45));
        var cause = new TimeoutException("again");

        probe.Failure(cause);

        Assert.Equal(new BreakerRejection(BreakerState.Open, BreakerRig.Recovery, cause), rig.Refused());
        rig.Clock.Advance(BreakerRig.Recovery - BreakerRig.Tick);
        rig.Refused();
        rig.Clock.Advance(BreakerRig.Tick);
        rig.EnterProbe();
        Assert.Equal(0, rig.Snapshot.ProbeSuccesses);
    }

    [Fact]
    public void After_one_probe_failed_the_others_are_late()
    {
        var rig = new BreakerRig(o => (o.MaxConcurrentProbes, o.SuccessThreshold) = (3, 3));
        rig.OpenAndRecover();
        var (a, b, c) = (rig.EnterProbe(), rig.EnterProbe(), rig.EnterProbe());

        a.Failure();
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        b.Failure();
        c.Success();

        Assert.Equal(
            (BreakerState.Open, 2L, BreakerRig.Recovery - TimeSpan.FromSeconds(1)),
            (rig.State, rig.Snapshot.StaleResults, rig.Snapshot.RetryAfter)
        );
        Assert.Equal(3, rig.Transitions.Count);
    }

    [Fact]
    public void An_ignored_probe_frees_its_place_and_moves_nothing_else()
    {
        var rig = new BreakerRig();
        rig.OpenAndRecover();
        rig.Succeed();
        var before = rig.Snapshot;

        for (var i = 0; i < 10; i++)
        {
            rig.EnterProbe().Ignore();
            Assert.Equal(before, rig.Snapshot);
        }

        rig.Succeed();
        Assert.Equal(BreakerState.Closed, rig.State);
    }

    [Fact]
    public void An_ignored_probe_does_not_free_the_place_of_another()
    {
        var rig = new BreakerRig(o => (o.MaxConcurrentProbes, o.SuccessThreshold) = (2, 2));
        rig.OpenAndRecover();
        rig.EnterProbe();

        rig.EnterProbe().Ignore();

        Assert.Equal(1, rig.Snapshot.ProbesInFlight);
        rig.EnterProbe();
        rig.Refused();
    }

    [Fact]
    public void Stays_open_after_the_recovery_time_until_somebody_asks()
    {
        var rig = new BreakerRig();
        rig.Open();

        rig.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal((BreakerState.Open, TimeSpan.Zero), (rig.State, rig.Snapshot.RetryAfter));
        Assert.Single(rig.Transitions);
        rig.EnterProbe();
        Assert.Equal(BreakerState.HalfOpen, rig.State);
    }

    [Fact]
    public void The_number_of_probes_in_one_half_open_period_has_no_end()
    {
        var settings = new BreakerSettings(new CircuitBreakerOptions(), TimeProvider.System);
        var node = BreakerNode.Initial with { State = BreakerState.HalfOpen, LastProbe = int.MaxValue };

        var admitted = BreakerRules.Admit(node, settings, now: 0);

        Assert.Equal(int.MaxValue + 1L, admitted.LastProbe);
    }
}
