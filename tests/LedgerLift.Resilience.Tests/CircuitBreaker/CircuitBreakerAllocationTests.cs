namespace LedgerLift.Resilience.Tests;

/// <summary>Runs alone: a listener that another test attaches to the meter would allocate on this thread too.</summary>
[Collection(nameof(RunsAlone))]
public sealed class CircuitBreakerAllocationTests
{
    [Fact]
    public void A_successful_call_through_a_closed_circuit_allocates_nothing()
    {
        var breaker = new CircuitBreaker("allocation");

        AssertAllocatesNothing(() =>
        {
            breaker.TryEnter(out var permit);
            permit.Success();
        });
        AssertAllocatesNothing(() =>
        {
            breaker.TryEnter(out var permit, out _);
            permit.Ignore();
        });
    }

    [Fact]
    public void Calls_side_by_side_allocate_nothing()
    {
        var breaker = new CircuitBreaker("allocation");
        var permits = new BreakerPermit[32];

        AssertAllocatesNothing(() =>
        {
            for (var i = 0; i < permits.Length; i++)
                breaker.TryEnter(out permits[i]);
            foreach (var permit in permits)
                permit.Success();
        });
    }

    [Theory]
    [InlineData(BreakerState.Open)]
    [InlineData(BreakerState.HalfOpen)]
    [InlineData(BreakerState.Isolated)]
    public void A_refusal_allocates_nothing(BreakerState state)
    {
        var rig = new BreakerRig(name: "allocation");
        rig.Bring(state);

        AssertAllocatesNothing(() => rig.Breaker.TryEnter(out _));
        AssertAllocatesNothing(() => rig.Breaker.TryEnter(out _, out _));
    }

    [Fact]
    public void A_late_success_allocates_nothing()
    {
        var rig = new BreakerRig(name: "allocation");
        var old = new Queue<BreakerPermit>(Enumerable.Range(0, 10_000).Select(_ => rig.Enter()));
        rig.Open();

        AssertAllocatesNothing(() => old.Dequeue().Success());
    }

    [Fact]
    public void Reading_the_state_allocates_nothing()
    {
        var breaker = new CircuitBreaker("allocation");
        var sum = 0;

        AssertAllocatesNothing(() => sum += (int)breaker.State);

        Assert.Equal(0, sum);
    }

    private static void AssertAllocatesNothing(Action action) => Assert.Equal(0, LeastAllocated.Bytes(action, 1_000));
}
