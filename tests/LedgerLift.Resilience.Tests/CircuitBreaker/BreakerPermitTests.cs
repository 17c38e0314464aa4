namespace LedgerLift.Resilience.Tests;

public sealed class BreakerPermitTests
{
    private static readonly string[] Reports = [nameof(BreakerPermit.Success), nameof(BreakerPermit.Failure), nameof(BreakerPermit.Ignore)];

    public static TheoryData<string, string> TwoReports() =>
        [.. Reports.SelectMany(first => Reports.Select(second => new TheoryDataRow<string, string>(first, second)))];

    [Fact]
    public void The_default_permit_does_nothing()
    {
        BreakerPermit permit = default;

        permit.Success();
        permit.Failure(new IOException());
        permit.Ignore();

        Assert.False(permit.IsProbe);
        Assert.Equal(default, permit);
        Assert.Equal(default(BreakerPermit).GetHashCode(), permit.GetHashCode());
    }

    [Theory]
    [MemberData(nameof(TwoReports))]
    public void Only_the_first_report_counts_while_closed(string first, string second)
    {
        var rig = new BreakerRig();
        rig.Fail(2);
        var permit = rig.Enter();
        var copy = permit;

        Report(permit, first);
        var once = rig.Snapshot;
        Report(copy, second);
        Report(permit, second);

        Assert.Equal(once, rig.Snapshot);
        Assert.Equal(
            first == Reports[0] ? 0
                : first == Reports[1] ? 3
                : 2,
            once.ConsecutiveFailures
        );
    }

    [Theory]
    [MemberData(nameof(TwoReports))]
    public void Only_the_first_report_counts_for_a_probe(string first, string second)
    {
        var rig = new BreakerRig(o => o.SuccessThreshold = 3);
        rig.OpenAndRecover();
        var permit = rig.EnterProbe();
        var copy = permit;

        Report(permit, first);
        var once = rig.Snapshot;
        Report(copy, second);

        Assert.Equal(once, rig.Snapshot);
        Assert.Equal(0, once.StaleResults);
    }

    [Fact]
    public void A_late_report_is_counted_once_however_often_it_is_made()
    {
        var rig = new BreakerRig();
        var permit = rig.Enter();
        rig.Open();

        permit.Failure();
        permit.Success();
        permit.Failure();

        Assert.Equal(1, rig.Snapshot.StaleResults);
    }

    [Fact]
    public void IsProbe_tells_probes_from_other_calls()
    {
        var rig = new BreakerRig();
        Assert.False(rig.Enter().IsProbe);

        rig.OpenAndRecover();
        var probe = rig.Enter();
        Assert.True(probe.IsProbe);

        probe.Success();
        Assert.True(probe.IsProbe);
    }

    [Fact]
    public void Old_copies_do_not_end_the_later_uses_of_a_reused_token()
    {
        var rig = new BreakerRig(o => o.FailureThreshold = int.MaxValue);
        var old = new List<BreakerPermit>();
        for (var use = 0; use < 100; use++)
        {
            var permit = rig.Enter();
            foreach (var copy in old)
                copy.Failure();
            old.Add(permit);
            Assert.Equal(use, rig.Snapshot.ConsecutiveFailures);
            permit.Failure();
        }

        Assert.Equal(100, rig.Snapshot.ConsecutiveFailures);
    }

    [Fact]
    public void An_old_copy_does_not_reach_into_another_breaker_that_reuses_its_token()
    {
        var (one, other) = (new BreakerRig(), new BreakerRig());
        var old = one.Enter();
        old.Ignore();
        var reused = other.Enter();

        old.Failure();
        Assert.Equal((0, 0), (one.Snapshot.ConsecutiveFailures, other.Snapshot.ConsecutiveFailures));

        reused.Failure();
        Assert.Equal((0, 1), (one.Snapshot.ConsecutiveFailures, other.Snapshot.ConsecutiveFailures));
    }

    [Fact]
    public void A_thread_keeps_a_bounded_number_of_tokens_for_reuse()
    {
        var breaker = new CircuitBreaker("store");
        var first = Enumerable.Range(0, 100).Select(_ => PermitToken.Rent(breaker, new BreakerTicket(0, 0))).ToList();
        Assert.Equal(100, first.Distinct().Count());

        first.ForEach(token => Assert.True(token.TryEnd(token.Use, out _, out _)));
        var second = Enumerable.Range(0, 100).Select(_ => PermitToken.Rent(breaker, new BreakerTicket(0, 0))).ToList();

        Assert.Equal(100, second.Distinct().Count());
        Assert.Equal(32, second.Intersect(first).Count());
    }

    [Fact]
    public void Copies_are_equal_and_different_uses_are_not()
    {
        var rig = new BreakerRig();
        var permit = rig.Enter();
        var copy = permit;
        permit.Success();
        var next = rig.Enter();
        var beside = rig.Enter();

        Assert.True(permit == copy && permit.Equals((object)copy) && permit.GetHashCode() == copy.GetHashCode());
        Assert.True(permit != next && next != beside && !permit.Equals("permit"));
    }

    [Fact]
    public async Task A_permit_may_be_completed_on_another_thread()
    {
        var rig = new BreakerRig();
        for (var i = 0; i < 5; i++)
        {
            var permit = rig.Enter();
            await Task.Factory.StartNew(
                () => permit.Failure(),
                TestContext.Current.CancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
        }

        Assert.Equal(BreakerState.Open, rig.State);
    }

    private static void Report(BreakerPermit permit, string report)
    {
        if (report == Reports[0])
            permit.Success();
        else if (report == Reports[1])
            permit.Failure(BreakerRig.Down);
        else
            permit.Ignore();
    }
}
