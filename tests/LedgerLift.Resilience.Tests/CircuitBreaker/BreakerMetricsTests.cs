using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using LedgerLift.Testing;

namespace LedgerLift.Resilience.Tests;

public sealed class BreakerMetricsTests
{
    private const string Prefix = "ledgerlift.resilience.breaker.";
    private const string NameTag = "circuit_breaker.name";
    private const string StateTag = "circuit_breaker.state";

    [Fact]
    public void Every_transition_is_counted_with_where_from_where_to_and_why()
    {
        using var recorder = Listen("metrics-transitions");
        var rig = new BreakerRig(name: "metrics-transitions");

        rig.OpenAndRecover();
        rig.Fail();
        rig.Clock.Advance(BreakerRig.Recovery);
        rig.Succeed(2);
        rig.Breaker.Isolate();

        string[] told = ["closed>open:threshold", "open>half_open:recovery_elapsed", "half_open>open:probe_failed"];
        string[] thenTold = ["open>half_open:recovery_elapsed", "half_open>closed:recovered", "closed>isolated:manual"];
        var counted = recorder.Measurements.Where(measurement => measurement.Instrument == Prefix + "transitions").ToList();
        Assert.Equal([.. told, .. thenTold], counted.Select(Told));
        Assert.All(
            counted,
            measurement => Assert.Equal((1d, "{transition}", 4), (measurement.Value, measurement.Unit, measurement.Tags.Count))
        );
    }

    [Fact]
    public void Refusals_and_late_results_are_counted_by_name_alone()
    {
        using var recorder = Listen("metrics-counts");
        var rig = new BreakerRig(name: "metrics-counts");
        var slow = rig.Enter();
        rig.Open();
        rig.Refused();
        rig.Refused();
        slow.Success();

        Assert.Equal((2d, 1d), (recorder.Sum(Prefix + "rejections"), recorder.Sum(Prefix + "stale_results")));
        var counted = recorder.Measurements.Where(measurement =>
            measurement.Instrument is Prefix + "rejections" or Prefix + "stale_results"
        );
        Assert.Equal(["{call}", "{call}", "{result}"], counted.Select(measurement => measurement.Unit));
        Assert.All(counted, measurement => Assert.Equal([NameTag], measurement.Tags.Keys));
    }

    [Fact]
    public void Shadow_counts_the_refusals_it_did_not_make()
    {
        using var recorder = Listen("metrics-shadow");
        var rig = new BreakerRig(o => o.Mode = BreakerMode.Shadow, "metrics-shadow");
        rig.Breaker.Isolate();

        rig.Succeed(3);

        Assert.Equal(3d, recorder.Sum(Prefix + "rejections"));
    }

    [Fact]
    public void A_call_that_a_closed_circuit_lets_through_measures_nothing()
    {
        using var recorder = Listen("metrics-quiet");
        var rig = new BreakerRig(name: "metrics-quiet");

        rig.Fail();
        rig.Succeed(100);

        Assert.Empty(recorder.Measurements);
    }

    [Fact]
    public void The_state_is_a_count_of_breakers_for_each_name_and_state_zeros_included()
    {
        using var recorder = Listen("metrics-state");
        var (one, other, third) = (Keyed("a"), Keyed("b"), Keyed("c"));
        one.Trip();
        other.Trip();

        recorder.Collect();

        Assert.Equal([1, 2, 0, 0], States(recorder));
        var states = recorder.Measurements.Where(measurement => measurement.Instrument == Prefix + "state").ToList();
        Assert.Equal(4, states.Count);
        Assert.All(states, measurement => Assert.Equal(("{breaker}", 2), (measurement.Unit, measurement.Tags.Count)));
        GC.KeepAlive((one, other, third));

        static CircuitBreaker Keyed(string key) => new($"metrics-state/{key}", "metrics-state", options: null, timeProvider: null);
    }

    [Fact]
    [SuppressMessage("Critical Code Smell", "S1215", Justification = "That the collector may take it is what is tested.")]
    public void A_breaker_that_nobody_holds_disappears_from_the_state_without_being_disposed()
    {
        using var recorder = Listen("metrics-weak");
        Use();

        for (var i = 0; i < 5; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        recorder.Clear();
        recorder.Collect();
        Assert.Empty(recorder.Measurements);

        [MethodImpl(MethodImplOptions.NoInlining)]
        void Use()
        {
            var rig = new BreakerRig(name: "metrics-weak");
            rig.Open();
            recorder.Collect();
            Assert.Equal([0, 1, 0, 0], States(recorder));
        }
    }

    [Fact]
    public void What_a_listener_throws_disturbs_neither_calls_nor_transitions()
    {
        var rig = new BreakerRig(o => o.SuccessThreshold = 1, "metrics-throwing");
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == ResilienceDiagnostics.MeterName)
                self.EnableMeasurementEvents(instrument);
        };
        var thrown = 0;
        listener.SetMeasurementEventCallback<long>(
            (_, _, tags, _) =>
            {
                if (tags.ToArray().Contains(new KeyValuePair<string, object?>(NameTag, "metrics-throwing")))
                {
                    thrown++;
                    throw new InvalidOperationException("listener");
                }
            }
        );
        listener.Start();

        var slow = rig.Enter();
        rig.Open();
        rig.Refused();
        slow.Failure();
        rig.Clock.Advance(BreakerRig.Recovery);
        rig.EnterProbe().Success();

        Assert.Equal((5, BreakerState.Closed), (thrown, rig.State));
        Assert.Equal([1, 2, 3], rig.Transitions.Select(transition => transition.Sequence));
    }

    private static MetricRecorder Listen(string name) => new(ResilienceDiagnostics.MeterName, null, (NameTag, name));

    private static double?[] States(MetricRecorder recorder) =>
        [.. new[] { "closed", "open", "half_open", "isolated" }.Select(state => recorder.Last(Prefix + "state", (StateTag, state)))];

    private static string Told(MetricMeasurement measurement) =>
        $"{measurement.Tags["circuit_breaker.from"]}>{measurement.Tags["circuit_breaker.to"]}:{measurement.Tags["circuit_breaker.reason"]}";
}
