using LedgerLift.Testing;

namespace LedgerLift.Resilience.Tests;

public sealed class CircuitBreakerTimeTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_step_of_the_wall_clock_neither_ends_nor_prolongs_an_opening(int hours)
    {
        var rig = new BreakerRig();
        rig.Open();

        rig.Clock.StepWallClock(Hour * hours);
        Assert.Equal(BreakerRig.Recovery, rig.Refused().RetryAfter);

        rig.Clock.Advance(BreakerRig.Recovery - BreakerRig.Tick);
        rig.Clock.StepWallClock(Hour * hours);
        rig.Refused();
        rig.Clock.AdvanceTimestamp(BreakerRig.Tick);
        rig.EnterProbe();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_step_of_the_wall_clock_neither_ends_nor_prolongs_a_lease(int hours)
    {
        var rig = new BreakerRig();
        rig.Bring(BreakerState.HalfOpen);

        rig.Clock.StepWallClock(Hour * hours);
        rig.Refused();
        rig.Clock.AdvanceTimestamp(BreakerRig.Recovery);
        rig.EnterProbe();
    }

    [Fact]
    public void Creates_no_timer_in_any_state()
    {
        var rig = new BreakerRig();

        rig.Bring(BreakerState.HalfOpen);
        rig.Clock.Advance(Hour);
        rig.EnterProbe().Failure();
        rig.Breaker.Isolate();
        rig.Breaker.Trip();
        rig.Breaker.Close();

        Assert.Equal((0, 0), (rig.Clock.TimersCreated, rig.Clock.ActiveTimers));
    }

    [Theory]
    [InlineData(BreakerState.Closed)]
    [InlineData(BreakerState.Open)]
    [InlineData(BreakerState.HalfOpen)]
    [InlineData(BreakerState.Isolated)]
    public void Reading_the_state_changes_nothing_even_when_time_has_run_out(BreakerState state)
    {
        var rig = new BreakerRig();
        rig.Bring(state);
        rig.Clock.Advance(Hour);
        var (first, transitions) = (rig.Snapshot, rig.Transitions.Count);

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(state, rig.Breaker.State);
            Assert.Equal(first, rig.Snapshot);
        }

        Assert.Equal(transitions, rig.Transitions.Count);
    }

    [Fact]
    public void A_change_that_lost_a_race_counts_from_the_time_of_its_own_turn()
    {
        var rig = new BreakerRig();
        rig.Open();
        rig.Breaker.BeforeSwap = () =>
        {
            rig.Breaker.BeforeSwap = null;
            rig.Clock.Advance(TimeSpan.FromSeconds(10));
            rig.Breaker.Trip();
        };

        rig.Breaker.Trip();

        Assert.Equal(BreakerRig.Recovery, rig.Snapshot.RetryAfter);
    }

    [Fact]
    public void RetryAfter_counts_down_to_zero_and_never_below()
    {
        var rig = new BreakerRig();
        rig.Open();
        var seen = new List<TimeSpan>();

        for (var i = 0; i < 8; i++)
        {
            seen.Add(rig.Snapshot.RetryAfter!.Value);
            rig.Clock.Advance(TimeSpan.FromSeconds(15));
        }

        Assert.Equal([60, 45, 30, 15, 0, 0, 0, 0], seen.Select(left => left.TotalSeconds));
    }

    [Fact]
    public void RetryAfter_is_zero_while_half_open_and_absent_while_closed_or_isolated()
    {
        var rig = new BreakerRig();
        Assert.Null(rig.Snapshot.RetryAfter);

        rig.Bring(BreakerState.HalfOpen);
        rig.Clock.Advance(Hour);
        Assert.Equal(TimeSpan.Zero, rig.Snapshot.RetryAfter);

        rig.Breaker.Isolate();
        Assert.Null(rig.Snapshot.RetryAfter);
        Assert.Null(rig.Refused().RetryAfter);
    }

    [Fact]
    public void A_coarse_clock_does_not_shorten_an_opening_or_a_lease()
    {
        var third = TimeSpan.FromSeconds(1) / 3 + BreakerRig.Tick;
        var rig = new BreakerRig(
            o => (o.RecoveryTimeout, o.ProbeLease) = (TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.4)),
            clock: new ManualTimeProvider(timestampFrequency: 3)
        );
        rig.Open();

        rig.Clock.Advance(third);
        rig.Refused();
        rig.Clock.Advance(third);
        rig.EnterProbe();
        rig.Clock.Advance(third);
        rig.Refused();
        rig.Clock.Advance(third);
        rig.EnterProbe();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1_000)]
    [InlineData(3_579_545)]
    [InlineData(10_000_000)]
    [InlineData(1_000_000_000)]
    public void Waiting_for_RetryAfter_is_enough_whatever_the_unit_of_the_clock(long frequency)
    {
        var random = new SeededRandom();
        for (var round = 0; round < 200; round++)
        {
            var recovery = TimeSpan.FromTicks(random.NextInt64(1, TimeSpan.TicksPerMinute));
            var rig = new BreakerRig(o => o.RecoveryTimeout = recovery, clock: new ManualTimeProvider(timestampFrequency: frequency));
            rig.Clock.Advance(TimeSpan.FromTicks(random.NextInt64(TimeSpan.TicksPerSecond)));
            rig.Open();
            rig.Clock.Advance(recovery * random.NextDouble() * 0.9);
            var left = rig.Snapshot.RetryAfter!.Value;
            Assert.InRange(left, TimeSpan.Zero, recovery + TimeSpan.FromSeconds(1.0 / frequency) + BreakerRig.Tick);

            rig.Clock.Advance(left);

            rig.EnterProbe();
        }
    }
}
