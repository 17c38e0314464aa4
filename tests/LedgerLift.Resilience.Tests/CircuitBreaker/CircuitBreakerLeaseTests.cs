namespace LedgerLift.Resilience.Tests;

public sealed class CircuitBreakerLeaseTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_hung_probe_holds_its_place_until_its_lease_is_over_and_not_longer()
    {
        var rig = HalfOpen(out _);

        rig.Clock.Advance(Lease - BreakerRig.Tick);
        rig.Refused();
        Assert.Equal(1, rig.Snapshot.ProbesInFlight);

        rig.Clock.Advance(BreakerRig.Tick);
        Assert.Equal(0, rig.Snapshot.ProbesInFlight);
        rig.EnterProbe();
        rig.Refused();
        Assert.Equal((BreakerState.HalfOpen, 1), (rig.State, rig.Snapshot.ProbesInFlight));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_late_result_of_a_hung_probe_is_ignored_and_counted(bool replaced)
    {
        foreach (var success in new[] { true, false })
        {
            var rig = HalfOpen(out var hung);
            rig.Clock.Advance(Lease);
            if (replaced)
                rig.EnterProbe();
            var before = rig.Snapshot;

            if (success)
                hung.Success();
            else
                hung.Failure(new IOException("late"));

            Assert.Equal(before with { StaleResults = 1 }, rig.Snapshot);
        }
    }

    [Fact]
    public void A_late_ignore_neither_counts_nor_frees_the_place_of_the_next_probe()
    {
        var rig = HalfOpen(out var hung);
        rig.Clock.Advance(Lease);
        rig.EnterProbe();
        var before = rig.Snapshot;

        hung.Ignore();

        Assert.Equal(before, rig.Snapshot);
        rig.Refused();
    }

    [Fact]
    public void A_result_just_before_the_end_of_the_lease_counts()
    {
        var rig = HalfOpen(out var probe);
        rig.Clock.Advance(Lease - BreakerRig.Tick);

        probe.Success();

        Assert.Equal((1, 0L), (rig.Snapshot.ProbeSuccesses, rig.Snapshot.StaleResults));
    }

    [Fact]
    public void Each_probe_has_a_lease_of_its_own()
    {
        var rig = HalfOpen(out var early, places: 2);
        rig.Clock.Advance(Lease / 2);
        var late = rig.EnterProbe();
        rig.Clock.Advance(Lease / 2);

        Assert.Equal(1, rig.Snapshot.ProbesInFlight);
        rig.EnterProbe();
        rig.Refused();
        early.Failure();
        Assert.Equal((BreakerState.HalfOpen, 1L), (rig.State, rig.Snapshot.StaleResults));
        late.Failure();
        Assert.Equal(BreakerState.Open, rig.State);
    }

    [Fact]
    public void Without_a_setting_the_lease_lasts_one_recovery_time_however_long_the_openings_have_grown()
    {
        var rig = new BreakerRig(o => o.RecoveryMultiplier = 3);
        rig.OpenAndRecover();
        rig.Fail();
        rig.Clock.Advance(BreakerRig.Recovery * 3);
        rig.EnterProbe();

        rig.Clock.Advance(BreakerRig.Recovery - BreakerRig.Tick);
        rig.Refused();
        rig.Clock.Advance(BreakerRig.Tick);
        rig.EnterProbe();
    }

    [Fact]
    public void Is_never_stuck_when_every_probe_hangs()
    {
        var rig = HalfOpen(out _);

        for (var i = 0; i < 50; i++)
        {
            rig.Clock.Advance(Lease);
            rig.EnterProbe();
        }

        rig.Clock.Advance(Lease);
        rig.EnterProbe().Success();
        rig.EnterProbe().Success();
        Assert.Equal(BreakerState.Closed, rig.State);
    }

    [Fact]
    public void Hung_probes_leave_nothing_behind()
    {
        var settings = new BreakerSettings(new CircuitBreakerOptions { ProbeLease = Lease }, TimeProvider.System);
        var node = BreakerNode.Initial with { State = BreakerState.HalfOpen };

        for (var i = 0; i < 50; i++)
            node = BreakerRules.Admit(node, settings, now: i * settings.ProbeLease);

        Assert.Equal((50L, 50L), (node.LastProbe, Assert.Single(node.Probes).Probe));
    }

    private static BreakerRig HalfOpen(out BreakerPermit probe, int places = 1)
    {
        var rig = new BreakerRig(o => (o.ProbeLease, o.MaxConcurrentProbes) = (Lease, places));
        rig.OpenAndRecover();
        probe = rig.EnterProbe();
        return rig;
    }
}
