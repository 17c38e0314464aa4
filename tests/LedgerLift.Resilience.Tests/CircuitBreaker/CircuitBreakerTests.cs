using System.Reflection;

namespace LedgerLift.Resilience.Tests;

public sealed class CircuitBreakerTests
{
    [Fact]
    public void Is_closed_at_first_with_nothing_counted()
    {
        var rig = new BreakerRig();

        Assert.Equal(new BreakerSnapshot("store", BreakerState.Closed, 0, 0, 0, null, 0, 0, 0, null), rig.Snapshot);
        Assert.False(rig.Enter().IsProbe);
    }

    [Fact]
    public void Opens_after_the_threshold_and_refuses_until_recovery()
    {
        var rig = new BreakerRig();

        rig.Fail(4);
        Assert.Equal(BreakerState.Closed, rig.State);
        Assert.Equal(4, rig.Snapshot.ConsecutiveFailures);
        rig.Fail();

        Assert.Equal(new BreakerRejection(BreakerState.Open, BreakerRig.Recovery, BreakerRig.Down), rig.Refused());
        rig.Clock.Advance(BreakerRig.Recovery - BreakerRig.Tick);
        Assert.Equal(new BreakerRejection(BreakerState.Open, BreakerRig.Tick, BreakerRig.Down), rig.Refused());
        rig.Clock.Advance(BreakerRig.Tick);
        rig.EnterProbe();
    }

    [Fact]
    public void Closes_after_two_successful_probes_and_counts_from_zero_again()
    {
        var rig = new BreakerRig();
        rig.OpenAndRecover();

        rig.EnterProbe().Success();
        Assert.Equal((BreakerState.HalfOpen, 1), (rig.State, rig.Snapshot.ProbeSuccesses));
        rig.EnterProbe().Success();

        Assert.Equal((BreakerState.Closed, 0, 0), (rig.State, rig.Snapshot.ProbeSuccesses, rig.Snapshot.ConsecutiveFailures));
        rig.Fail(4);
        Assert.Equal(BreakerState.Closed, rig.State);
        Assert.False(rig.Enter().IsProbe);
    }

    [Fact]
    public void A_success_sets_the_count_to_zero()
    {
        var rig = new BreakerRig();

        for (var round = 0; round < 100; round++)
        {
            rig.Fail(4);
            rig.Succeed();
            Assert.Equal(0, rig.Snapshot.ConsecutiveFailures);
        }

        Assert.Empty(rig.Transitions);
        rig.Fail(5);
        Assert.Equal(BreakerState.Open, rig.State);
    }

    [Fact]
    public void Failures_far_apart_in_time_are_consecutive_all_the_same()
    {
        var rig = new BreakerRig();

        for (var i = 0; i < 5; i++)
        {
            rig.Clock.Advance(TimeSpan.FromDays(1));
            rig.Fail();
        }

        Assert.Equal(BreakerState.Open, rig.State);
    }

    [Fact]
    public void Counts_in_the_order_of_completion_not_of_admission()
    {
        var rig = new BreakerRig();
        var first = rig.Enter();
        var calls = Enumerable.Range(0, 8).Select(_ => rig.Enter()).ToList();

        calls.Take(4).ToList().ForEach(call => call.Failure());
        first.Success();
        calls.Skip(4).Take(3).ToList().ForEach(call => call.Failure());
        Assert.Equal((BreakerState.Closed, 3), (rig.State, rig.Snapshot.ConsecutiveFailures));

        calls[7].Failure();
        rig.Fail();
        Assert.Equal(BreakerState.Open, rig.State);
    }

    [Fact]
    public void Calls_under_way_together_open_it_once()
    {
        var rig = new BreakerRig();
        var calls = Enumerable.Range(0, 20).Select(_ => rig.Enter()).ToList();

        calls.ForEach(call => call.Failure(BreakerRig.Down));

        Assert.Single(rig.Transitions);
        Assert.Equal((BreakerState.Open, 15L), (rig.State, rig.Snapshot.StaleResults));
    }

    [Fact]
    public void An_ignored_outcome_neither_counts_nor_resets()
    {
        var rig = new BreakerRig();

        rig.Fail(4);
        rig.Enter().Ignore();
        Assert.Equal(4, rig.Snapshot.ConsecutiveFailures);

        rig.Fail();
        Assert.Equal(BreakerState.Open, rig.State);
    }

    [Fact]
    public void A_call_never_reported_moves_nothing()
    {
        var rig = new BreakerRig();

        for (var i = 0; i < 100; i++)
            rig.Enter();

        Assert.Equal(new BreakerSnapshot("store", BreakerState.Closed, 0, 0, 0, null, 0, 0, 0, null), rig.Snapshot);
    }

    [Fact]
    public void A_threshold_of_one_opens_on_the_first_failure_and_closes_on_the_first_success()
    {
        var rig = new BreakerRig(o => (o.FailureThreshold, o.SuccessThreshold) = (1, 1));

        rig.Fail();
        Assert.Equal(BreakerState.Open, rig.State);

        rig.Clock.Advance(BreakerRig.Recovery);
        rig.EnterProbe().Success();
        Assert.Equal(BreakerState.Closed, rig.State);
    }

    [Fact]
    public void Refused_calls_are_counted()
    {
        var rig = new BreakerRig();
        rig.Open();

        for (var i = 0; i < 3; i++)
            rig.Refused();
        Assert.False(rig.Breaker.TryEnter(out _));

        Assert.Equal(4, rig.Snapshot.Rejections);
    }

    [Fact]
    public void Remembers_the_last_failure_that_counted_across_states()
    {
        var rig = new BreakerRig();
        var (older, newer) = (new IOException("older"), new IOException("newer"));

        rig.Enter().Failure(older);
        rig.Enter().Failure(newer);
        Assert.Same(newer, rig.Snapshot.LastFailure);
        rig.Enter().Failure();
        Assert.Same(newer, rig.Snapshot.LastFailure);

        rig.OpenAndRecover();
        rig.EnterProbe().Success();
        rig.EnterProbe().Success();
        Assert.Same(BreakerRig.Down, rig.Snapshot.LastFailure);
    }

    [Fact]
    public void Breakers_do_not_know_one_another()
    {
        var (one, other) = (new BreakerRig(), new BreakerRig());

        one.Open();
        other.Fail(4);

        Assert.Equal((BreakerState.Open, BreakerState.Closed), (one.State, other.State));
        Assert.Equal(4, other.Snapshot.ConsecutiveFailures);
    }

    [Fact]
    public void Does_not_follow_later_changes_of_the_options_it_was_given()
    {
        var options = new CircuitBreakerOptions { FailureThreshold = 2 };
        var breaker = new CircuitBreaker("store", options);
        options.FailureThreshold = 1;

        Assert.True(breaker.TryEnter(out var permit));
        permit.Failure();

        Assert.Equal(BreakerState.Closed, breaker.State);
    }

    [Fact]
    public void Needs_no_more_than_a_name()
    {
        var breaker = new CircuitBreaker("store");

        for (var i = 0; i < 5; i++)
        {
            Assert.True(breaker.TryEnter(out var permit));
            permit.Failure();
        }

        Assert.Equal("store", breaker.Name);
        Assert.False(breaker.TryEnter(out _, out var rejection));
        Assert.InRange(rejection.RetryAfter!.Value, TimeSpan.FromTicks(1), BreakerRig.Recovery);
    }

    [Fact]
    public void Only_the_report_that_changed_the_state_says_so()
    {
        var rig = new BreakerRig(o => o.FailureThreshold = 2);
        var closed = Tickets(rig, 4);
        Assert.Equal([false, false, false, true, false], [Fails(0), rig.Breaker.Succeed(closed[1]), Fails(2), Fails(3), Fails(0)]);

        rig.Clock.Advance(BreakerRig.Recovery);
        Assert.Equal([false, false, true, false], [Succeeds(), rig.Breaker.Succeed(closed[1]), Succeeds(), Succeeds()]);

        rig.OpenAndRecover();
        Assert.True(rig.Breaker.Fail(Tickets(rig, 1)[0], cause: null));

        bool Fails(int call) => rig.Breaker.Fail(closed[call], cause: null);
        bool Succeeds() => rig.Breaker.Succeed(Tickets(rig, 1)[0]);
        static List<BreakerTicket> Tickets(BreakerRig rig, int count)
        {
            var tickets = new List<BreakerTicket>();
            for (var i = 0; i < count; i++)
            {
                Assert.True(rig.Breaker.TryAdmit(out var ticket, out _));
                tickets.Add(ticket);
            }

            return tickets;
        }
    }

    [Fact]
    public void Has_nothing_to_dispose_of_and_nothing_for_the_finalizer_thread()
    {
        var finalizer = typeof(CircuitBreaker).GetMethod("Finalize", BindingFlags.Instance | BindingFlags.NonPublic);

        Assert.Equal(typeof(object), finalizer!.DeclaringType);
        Assert.Empty(typeof(CircuitBreaker).GetInterfaces());
    }

    [Fact]
    public void Refuses_a_missing_or_blank_name()
    {
        Assert.Throws<ArgumentNullException>("name", () => new CircuitBreaker(null!));
        Assert.Throws<ArgumentException>("name", () => new CircuitBreaker(""));
        Assert.Throws<ArgumentException>("name", () => new CircuitBreaker(" \t"));
    }
}
