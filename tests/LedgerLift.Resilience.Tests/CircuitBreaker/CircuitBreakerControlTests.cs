namespace LedgerLift.Resilience.Tests;

public sealed class CircuitBreakerControlTests
{
    private const string Isolate = nameof(Isolate);
    private const string Close = nameof(Close);
    private const string Trip = nameof(Trip);

    [Theory]
    [InlineData(BreakerState.Closed, Isolate, BreakerState.Isolated, true)]
    [InlineData(BreakerState.Open, Isolate, BreakerState.Isolated, true)]
    [InlineData(BreakerState.HalfOpen, Isolate, BreakerState.Isolated, true)]
    [InlineData(BreakerState.Isolated, Isolate, BreakerState.Isolated, false)]
    [InlineData(BreakerState.Closed, Close, BreakerState.Closed, false)]
    [InlineData(BreakerState.Open, Close, BreakerState.Closed, true)]
    [InlineData(BreakerState.HalfOpen, Close, BreakerState.Closed, true)]
    [InlineData(BreakerState.Isolated, Close, BreakerState.Closed, true)]
    [InlineData(BreakerState.Closed, Trip, BreakerState.Open, true)]
    [InlineData(BreakerState.Open, Trip, BreakerState.Open, false)]
    [InlineData(BreakerState.HalfOpen, Trip, BreakerState.Open, true)]
    [InlineData(BreakerState.Isolated, Trip, BreakerState.Open, true)]
    public void Every_state_obeys_every_control(BreakerState from, string control, BreakerState to, bool moves)
    {
        var rig = new BreakerRig();
        rig.Bring(from);
        var before = rig.Snapshot;
        var cause = new InvalidOperationException("by hand");

        Apply(rig.Breaker, control, cause);

        var after = rig.Snapshot;
        Assert.Equal(to, after.State);
        Assert.Equal(before.Transitions + (moves ? 1 : 0), after.Transitions);
        Assert.Equal((0, 0, 0), (after.ConsecutiveFailures, after.ProbeSuccesses, after.ProbesInFlight));
        Assert.Equal(to == BreakerState.Open ? BreakerRig.Recovery : null, after.RetryAfter);
        Assert.Equal((before.Rejections, before.StaleResults), (after.Rejections, after.StaleResults));
        Assert.Same(to == BreakerState.Open ? cause : before.LastFailure, after.LastFailure);
        if (moves)
        {
            var expected = new BreakerTransition("store", after.Transitions, from, to, "manual", to == BreakerState.Open ? cause : null);
            Assert.Equal(expected, rig.Transitions[^1]);
        }
    }

    [Fact]
    public void Isolated_refuses_every_call_however_long_it_lasts_and_names_no_cause()
    {
        var rig = new BreakerRig();
        rig.Open();
        rig.Breaker.Isolate();

        rig.Clock.Advance(TimeSpan.FromDays(365));

        Assert.Equal(new BreakerRejection(BreakerState.Isolated, null, null), rig.Refused());
    }

    [Fact]
    public void Closed_by_hand_admits_at_once_and_drops_what_was_under_way()
    {
        var rig = new BreakerRig(o => o.FailureThreshold = 1);
        rig.OpenAndRecover();
        var probe = rig.EnterProbe();

        rig.Breaker.Close();
        probe.Failure();

        Assert.Equal((BreakerState.Closed, 1L), (rig.State, rig.Snapshot.StaleResults));
        Assert.False(rig.Enter().IsProbe);
    }

    [Fact]
    public void Closing_a_closed_circuit_sets_the_count_to_zero_and_keeps_the_period()
    {
        var rig = new BreakerRig();
        var call = rig.Enter();
        rig.Fail(4);

        rig.Breaker.Close();
        Assert.Equal(0, rig.Snapshot.ConsecutiveFailures);

        call.Failure();
        Assert.Equal((1, 0L), (rig.Snapshot.ConsecutiveFailures, rig.Snapshot.StaleResults));
        Assert.Empty(rig.Transitions);
    }

    [Fact]
    public void Tripping_an_open_circuit_starts_the_recovery_time_anew_for_the_new_cause()
    {
        var rig = new BreakerRig();
        rig.Open();
        rig.Clock.Advance(TimeSpan.FromSeconds(50));
        var cause = new InvalidOperationException("by hand");

        rig.Breaker.Trip(cause);
        Assert.Equal(new BreakerRejection(BreakerState.Open, BreakerRig.Recovery, cause), rig.Refused());

        rig.Breaker.Trip();
        Assert.Same(cause, rig.Refused().Cause);
        rig.Clock.Advance(BreakerRig.Recovery);
        rig.EnterProbe();
        Assert.Equal(2, rig.Transitions.Count);
    }

    [Fact]
    public void Tripped_by_hand_it_recovers_by_itself()
    {
        var rig = new BreakerRig();
        rig.Breaker.Trip();
        Assert.Equal(new BreakerRejection(BreakerState.Open, BreakerRig.Recovery, null), rig.Refused());

        rig.Clock.Advance(BreakerRig.Recovery);
        rig.Succeed(2);

        Assert.Equal(BreakerState.Closed, rig.State);
    }

    private static void Apply(CircuitBreaker breaker, string control, Exception cause)
    {
        switch (control)
        {
            case Isolate:
                breaker.Isolate();
                break;
            case Close:
                breaker.Close();
                break;
            default:
                breaker.Trip(cause);
                break;
        }
    }
}
