using Polly.CircuitBreaker;

namespace LedgerLift.Resilience.Tests;

public sealed class CircuitOpenExceptionTests
{
    [Fact]
    public void Carries_the_name_the_state_the_wait_and_the_failure_that_opened_the_circuit()
    {
        var rig = new BreakerRig();
        rig.Open();
        rig.Clock.Advance(TimeSpan.FromSeconds(15));

        var exception = CircuitOpenException.From("store", rig.Refused());

        Assert.IsAssignableFrom<BrokenCircuitException>(exception);
        Assert.Equal(("store", BreakerState.Open), (exception.BreakerName, exception.State));
        Assert.Equal(TimeSpan.FromSeconds(45), exception.RetryAfter);
        Assert.Same(BreakerRig.Down, exception.InnerException);
        Assert.Equal("The circuit 'store' is open; try again after 00:00:45.", exception.Message);
    }

    [Fact]
    public void While_half_open_the_wait_is_zero()
    {
        var rig = new BreakerRig();
        rig.Bring(BreakerState.HalfOpen);

        var exception = CircuitOpenException.From("store", rig.Refused());

        Assert.Equal((BreakerState.HalfOpen, TimeSpan.Zero), (exception.State, exception.RetryAfter));
        Assert.Same(BreakerRig.Down, exception.InnerException);
        Assert.Contains("half-open", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void While_isolated_there_is_no_wait_and_no_cause()
    {
        var rig = new BreakerRig();
        rig.Breaker.Isolate();

        var exception = CircuitOpenException.From("store", rig.Refused());

        Assert.Equal(BreakerState.Isolated, exception.State);
        Assert.Null(exception.RetryAfter);
        Assert.Null(exception.InnerException);
        Assert.Equal("The circuit 'store' is isolated until it is closed by hand.", exception.Message);
    }

    [Fact]
    public void Tells_of_an_opening_without_a_known_cause()
    {
        var exception = CircuitOpenException.From("store", new BreakerRejection(BreakerState.Open, BreakerRig.Tick, null));

        Assert.Null(exception.InnerException);
        Assert.Equal(BreakerRig.Tick, exception.RetryAfter);
    }

    [Fact]
    public void Is_a_fresh_object_each_time()
    {
        var rejection = new BreakerRejection(BreakerState.Open, BreakerRig.Recovery, BreakerRig.Down);

        Assert.NotSame(CircuitOpenException.From("store", rejection), CircuitOpenException.From("store", rejection));
    }
}
