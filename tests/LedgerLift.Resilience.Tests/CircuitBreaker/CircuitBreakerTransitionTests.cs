namespace LedgerLift.Resilience.Tests;

public sealed class CircuitBreakerTransitionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [Fact]
    public void A_whole_life_is_told_in_order_with_reasons_and_causes()
    {
        var rig = new BreakerRig(o => o.FailureThreshold = 2);
        var again = new TimeoutException("again");
        rig.OpenAndRecover();
        rig.EnterProbe().Failure(again);
        rig.Clock.Advance(BreakerRig.Recovery);
        rig.Succeed(2);
        rig.Breaker.Isolate();
        rig.Breaker.Close();

        Assert.Equal(
            [
                new BreakerTransition("store", 1, BreakerState.Closed, BreakerState.Open, "threshold", BreakerRig.Down),
                new BreakerTransition("store", 2, BreakerState.Open, BreakerState.HalfOpen, "recovery_elapsed", null),
                new BreakerTransition("store", 3, BreakerState.HalfOpen, BreakerState.Open, "probe_failed", again),
                new BreakerTransition("store", 4, BreakerState.Open, BreakerState.HalfOpen, "recovery_elapsed", null),
                new BreakerTransition("store", 5, BreakerState.HalfOpen, BreakerState.Closed, "recovered", null),
                new BreakerTransition("store", 6, BreakerState.Closed, BreakerState.Isolated, "manual", null),
                new BreakerTransition("store", 7, BreakerState.Isolated, BreakerState.Closed, "manual", null),
            ],
            rig.Transitions
        );
        Assert.Equal(7, rig.Snapshot.Transitions);
    }

    [Fact]
    public void An_observer_hears_only_what_happens_between_subscription_and_disposal()
    {
        var rig = new BreakerRig();
        rig.Breaker.Trip();
        var heard = new List<long>();

        using (rig.Breaker.Subscribe(transition => heard.Add(transition.Sequence)))
        {
            rig.Breaker.Isolate();
            rig.Breaker.Close();
        }

        rig.Breaker.Trip();
        Assert.Equal([2, 3], heard);
        Assert.Equal(4, rig.Transitions.Count);
    }

    [Fact]
    public void An_observer_that_comes_while_another_is_still_being_told_does_not_hear_the_past()
    {
        var rig = new BreakerRig();
        var heard = new List<long>();
        using var first = rig.Breaker.Subscribe(transition =>
        {
            if (transition.Sequence == 1)
            {
                rig.Breaker.Isolate();
                rig.Breaker.Close();
                rig.Breaker.Subscribe(later => heard.Add(later.Sequence));
            }
        });

        rig.Breaker.Trip();
        rig.Breaker.Trip();

        Assert.Equal([4], heard);
    }

    [Fact]
    public void Disposing_twice_ends_one_subscription_once()
    {
        var rig = new BreakerRig();
        var heard = new List<BreakerTransition>();
        Action<BreakerTransition> observer = heard.Add;
        var one = rig.Breaker.Subscribe(observer);
        using var other = rig.Breaker.Subscribe(observer);

        one.Dispose();
        one.Dispose();
        rig.Breaker.Trip();

        Assert.Single(heard);
    }

    [Fact]
    public void What_an_observer_throws_disturbs_neither_the_call_nor_the_state_nor_other_observers()
    {
        var rig = new BreakerRig();
        using var thrower = rig.Breaker.Subscribe(_ => throw new InvalidOperationException("observer"));
        var after = new List<BreakerTransition>();
        using var behind = rig.Breaker.Subscribe(after.Add);

        rig.OpenAndRecover();
        rig.Succeed(2);
        rig.Breaker.Isolate();
        rig.Breaker.Close();

        Assert.Equal(BreakerState.Closed, rig.State);
        Assert.Equal([1, 2, 3, 4, 5], after.Select(transition => transition.Sequence));
        Assert.Equal(rig.Transitions, after);
    }

    [Fact]
    public void An_observer_may_control_the_breaker_and_still_hears_everything_in_order()
    {
        var rig = new BreakerRig();
        var states = new List<BreakerState>();
        using var controller = rig.Breaker.Subscribe(transition =>
        {
            if (transition.Sequence == 1)
                rig.Breaker.Isolate();
            if (transition.Sequence == 2)
                rig.Breaker.Close();
            if (transition.Sequence == 3)
                Assert.True(rig.Breaker.TryEnter(out _));
            states.Add(transition.To);
        });

        rig.Breaker.Trip();

        Assert.Equal([BreakerState.Open, BreakerState.Isolated, BreakerState.Closed], states);
        Assert.Equal([1, 2, 3], rig.Transitions.Select(transition => transition.Sequence));
    }

    [Fact]
    public async Task While_an_observer_is_busy_other_threads_go_on_and_their_transitions_follow_in_order()
    {
        var rig = new BreakerRig();
        using var busy = new ManualResetEventSlim();
        using var letGo = new ManualResetEventSlim();
        var letGoInTime = true;
        using var slow = rig.Breaker.Subscribe(_ =>
        {
            busy.Set();
            letGoInTime &= letGo.Wait(Patience, TestContext.Current.CancellationToken);
        });
        var held = Task.Run(() => rig.Breaker.Trip(), TestContext.Current.CancellationToken);
        Assert.True(busy.Wait(Patience, TestContext.Current.CancellationToken));

        rig.Breaker.Isolate();
        rig.Breaker.Close();
        Assert.Equal(BreakerState.Closed, rig.State);
        Assert.True(rig.Breaker.TryEnter(out _));
        rig.Breaker.Subscribe(_ => { }).Dispose();
        Assert.Single(rig.Transitions);

        letGo.Set();
        await held;
        Assert.True(letGoInTime);
        Assert.Equal([1, 2, 3], rig.Transitions.Select(transition => transition.Sequence));
    }

    [Fact]
    public void Refuses_a_missing_observer() =>
        Assert.Throws<ArgumentNullException>("observer", () => new CircuitBreaker("store").Subscribe(null!));
}
