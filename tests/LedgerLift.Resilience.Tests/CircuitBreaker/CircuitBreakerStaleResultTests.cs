namespace LedgerLift.Resilience.Tests;

public sealed class CircuitBreakerStaleResultTests
{
    [Fact]
    public void A_success_from_before_the_opening_does_not_close_a_half_open_circuit()
    {
        var rig = new BreakerRig(o => o.SuccessThreshold = 1);
        var slow = rig.Enter();
        rig.OpenAndRecover();
        var probe = rig.EnterProbe();
        var before = rig.Snapshot;

        slow.Success();
        Assert.Equal(before with { StaleResults = 1 }, rig.Snapshot);

        probe.Failure();
        Assert.Equal(BreakerState.Open, rig.State);
    }

    [Fact]
    public void A_failure_from_before_the_opening_does_not_reopen_a_half_open_circuit()
    {
        var rig = new BreakerRig(o => o.SuccessThreshold = 1);
        var slow = rig.Enter();
        rig.OpenAndRecover();
        var probe = rig.EnterProbe();
        var before = rig.Snapshot;

        slow.Failure(new IOException("late"));
        Assert.Equal(before with { StaleResults = 1 }, rig.Snapshot);

        probe.Success();
        Assert.Equal(BreakerState.Closed, rig.State);
    }

    [Fact]
    public void Results_from_before_the_opening_do_not_touch_an_open_circuit()
    {
        var rig = new BreakerRig();
        var (good, bad) = (rig.Enter(), rig.Enter());
        rig.Open();
        rig.Clock.Advance(BreakerRig.Recovery / 2);
        var before = rig.Snapshot;

        good.Success();
        bad.Failure(new IOException("late"));

        Assert.Equal(before with { StaleResults = 2 }, rig.Snapshot);
    }

    [Fact]
    public void Results_of_an_earlier_closed_period_do_not_count_in_a_later_one()
    {
        var rig = new BreakerRig();
        var (good, bad) = (rig.Enter(), rig.Enter());
        rig.OpenAndRecover();
        rig.Succeed(2);
        rig.Fail(4);

        bad.Failure(new IOException("late"));
        Assert.Equal((BreakerState.Closed, 4), (rig.State, rig.Snapshot.ConsecutiveFailures));
        good.Success();
        Assert.Equal(4, rig.Snapshot.ConsecutiveFailures);
        Assert.Same(BreakerRig.Down, rig.Snapshot.LastFailure);
        Assert.Equal(2, rig.Snapshot.StaleResults);
    }

    [Fact]
    public void A_success_of_an_earlier_period_is_counted_as_late_even_when_there_is_nothing_to_reset()
    {
        var rig = new BreakerRig();
        var slow = rig.Enter();
        rig.Breaker.Isolate();
        rig.Breaker.Close();

        slow.Success();

        Assert.Equal(1, rig.Snapshot.StaleResults);
    }

    [Fact]
    public void Results_of_an_earlier_half_open_period_do_not_count_in_a_later_one()
    {
        var rig = new BreakerRig(o => (o.MaxConcurrentProbes, o.ProbeLease) = (2, TimeSpan.FromDays(1)));
        rig.OpenAndRecover();
        var slow = rig.EnterProbe();
        rig.EnterProbe().Failure(BreakerRig.Down);
        rig.Clock.Advance(BreakerRig.Recovery);
        rig.EnterProbe().Success();
        var before = rig.Snapshot;

        slow.Success();

        Assert.Equal(before with { StaleResults = 1 }, rig.Snapshot);
        Assert.Equal(BreakerState.HalfOpen, rig.State);
    }

    [Fact]
    public void A_probe_still_under_way_when_the_circuit_closes_counts_for_nothing_in_the_closed_circuit()
    {
        var rig = new BreakerRig(o => (o.FailureThreshold, o.MaxConcurrentProbes, o.SuccessThreshold) = (1, 2, 2));
        rig.OpenAndRecover();
        var slow = rig.EnterProbe();
        rig.Succeed(2);

        slow.Failure(new IOException("late"));

        Assert.Equal((BreakerState.Closed, 1L), (rig.State, rig.Snapshot.StaleResults));
    }

    [Fact]
    public void An_ignored_outcome_is_no_result_and_never_counts_as_late()
    {
        var rig = new BreakerRig();
        var call = rig.Enter();
        rig.OpenAndRecover();
        var probe = rig.EnterProbe();
        rig.Breaker.Close();

        call.Ignore();
        probe.Ignore();

        Assert.Equal(0, rig.Snapshot.StaleResults);
    }
}
