namespace LedgerLift.Resilience.Tests;

public sealed class CircuitBreakerShadowTests
{
    [Theory]
    [InlineData(BreakerState.Open)]
    [InlineData(BreakerState.HalfOpen)]
    [InlineData(BreakerState.Isolated)]
    public void Shadow_counts_what_it_would_have_refused_and_refuses_nothing(BreakerState state)
    {
        var rig = Shadow();
        rig.Bring(state);
        var before = rig.Snapshot;

        for (var i = 0; i < 3; i++)
            Assert.False(rig.Enter().IsProbe);

        Assert.Equal(before with { Rejections = 3 }, rig.Snapshot);
    }

    [Fact]
    public void Shadow_tells_why_it_would_have_refused()
    {
        var rig = Shadow();
        rig.Open();

        Assert.True(rig.Breaker.TryEnter(out _, out var rejection));

        Assert.Equal(new BreakerRejection(BreakerState.Open, BreakerRig.Recovery, BreakerRig.Down), rejection);
    }

    [Theory]
    [InlineData(BreakerState.Open)]
    [InlineData(BreakerState.HalfOpen)]
    [InlineData(BreakerState.Isolated)]
    public void The_results_of_calls_it_let_through_move_nothing_and_are_not_late(BreakerState state)
    {
        var rig = Shadow();
        rig.Bring(state);
        var calls = Enumerable.Range(0, 6).Select(_ => rig.Enter()).ToList();
        var before = rig.Snapshot;

        calls[0].Success();
        calls[1].Failure(new IOException("let through"));
        calls[2].Ignore();
        Assert.Equal(before, rig.Snapshot);

        rig.Breaker.Close();
        rig.Fail();
        before = rig.Snapshot;
        calls[3].Success();
        calls[4].Failure(new IOException("let through"));
        calls[5].Ignore();
        Assert.Equal(before, rig.Snapshot);
    }

    [Fact]
    public void Shadow_goes_through_the_same_states_as_it_would_enforcing()
    {
        var rig = Shadow();

        rig.OpenAndRecover();
        rig.EnterProbe().Success();
        rig.EnterProbe().Success();

        Assert.Equal([BreakerState.Open, BreakerState.HalfOpen, BreakerState.Closed], rig.Transitions.Select(transition => transition.To));
    }

    private static BreakerRig Shadow() => new(o => o.Mode = BreakerMode.Shadow);
}
