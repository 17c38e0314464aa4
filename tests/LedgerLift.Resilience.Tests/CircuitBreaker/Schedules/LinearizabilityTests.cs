namespace LedgerLift.Resilience.Tests;

/// <summary>That the judge of concurrent runs finds somebody guilty at all.</summary>
public sealed class LinearizabilityTests
{
    private static readonly TimeSpan Now = TimeSpan.FromHours(1);

    [Fact]
    public void Two_operations_that_overlap_may_have_happened_in_either_order()
    {
        var trip = new HistoryEntry(0, new BreakerCommand(BreakerAct.Trip), null, Now, Invoked: 1, Returned: 4);

        Assert.True(IsExplained(trip, Read(BreakerState.Closed, invoked: 2, returned: 3)));
        Assert.True(IsExplained(trip, Read(BreakerState.Open, invoked: 2, returned: 3)));
        Assert.False(IsExplained(trip, Read(BreakerState.Isolated, invoked: 2, returned: 3)));
    }

    [Fact]
    public void An_operation_that_had_ended_is_seen_by_the_next()
    {
        var trip = new HistoryEntry(0, new BreakerCommand(BreakerAct.Trip), null, Now, Invoked: 1, Returned: 2);

        Assert.False(IsExplained(trip, Read(BreakerState.Closed, invoked: 3, returned: 4)));
        Assert.True(IsExplained(trip, Read(BreakerState.Open, invoked: 3, returned: 4)));
    }

    [Fact]
    public void Changes_do_not_go_back_in_time_and_have_looked_at_the_clock()
    {
        var early = new HistoryEntry(0, new BreakerCommand(BreakerAct.Trip), null, Now, Invoked: 3, Returned: 4);
        var late = new HistoryEntry(1, new BreakerCommand(BreakerAct.Isolate), null, Now + BreakerRig.Tick, Invoked: 1, Returned: 2);

        Assert.False(IsExplained(late, early));
        Assert.True(IsExplained(late, early with { Reading = late.Reading }));
        Assert.False(IsExplained(late with { Reading = null }));
    }

    [Fact]
    public void One_of_two_reports_on_a_call_counts_and_it_is_one_that_could_have_been_first()
    {
        var fail = new HistoryEntry(0, new BreakerCommand(BreakerAct.Fail, 7), null, Now, Invoked: 1, Returned: 4);
        var succeed = new HistoryEntry(1, new BreakerCommand(BreakerAct.Succeed, 7), null, Now, Invoked: 2, Returned: 3);

        Assert.True(IsExplained(fail, succeed, Read(BreakerState.Open, invoked: 5, returned: 6)));
        Assert.True(IsExplained(fail, succeed, Read(BreakerState.Closed, invoked: 5, returned: 6)));
        Assert.False(IsExplained(fail, succeed with { Invoked = 5, Returned = 6 }, Read(BreakerState.Closed, invoked: 7, returned: 8)));
    }

    private static HistoryEntry Read(BreakerState state, int invoked, int returned) =>
        new(2, new BreakerCommand(BreakerAct.ReadState), state, null, invoked, returned);

    // One call is under way, and one failure opens.
    private static bool IsExplained(params HistoryEntry[] history)
    {
        var start = new ReferenceBreaker("judge", new CircuitBreakerOptions { FailureThreshold = 1 }) { Now = Now };
        start.Enter(7);
        return Linearizability.Explains(start, history, _ => true);
    }
}
