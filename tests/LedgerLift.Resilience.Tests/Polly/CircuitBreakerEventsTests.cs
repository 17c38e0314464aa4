using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Polly;
using Polly.CircuitBreaker;
using Polly.Telemetry;

namespace LedgerLift.Resilience.Tests;

public sealed class CircuitBreakerEventsTests
{
    private readonly BreakerRig _rig = new(options => options.FailureThreshold = 2);
    private readonly PollyRecorder _recorder = new();
    private readonly IOException _down = new("connection reset");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Transitions_are_reported_with_Pollys_names_severities_types_and_the_outcome_that_caused_them()
    {
        var pipeline = _recorder.Listened().AddLedgerLiftCircuitBreaker(_rig.Breaker).Build();

        await CycleAsync(pipeline);

        Assert.Equal(["OnCircuitOpened", "OnCircuitHalfOpened", "OnCircuitClosed"], _recorder.Names);
        var (opened, halfOpened, closed) = (_recorder.Events[0], _recorder.Events[1], _recorder.Events[2]);
        Assert.Equal(
            [ResilienceEventSeverity.Error, ResilienceEventSeverity.Warning, ResilienceEventSeverity.Information],
            _recorder.Events.Select(one => one.Severity)
        );
        Assert.All(_recorder.Events, one => Assert.Equal(("pipeline", "CircuitBreaker"), (one.Pipeline, one.Strategy)));
        var arguments = Assert.IsType<OnCircuitOpenedArguments<int>>(opened.Payload);
        Assert.Equal((BreakerRig.Recovery, false), (arguments.BreakDuration, arguments.IsManual));
        Assert.Same(_down, opened.Failure);
        Assert.IsType<OnCircuitHalfOpenedArguments>(halfOpened.Payload);
        Assert.False(Assert.IsType<OnCircuitClosedArguments<int>>(closed.Payload).IsManual);
        Assert.Equal(7, closed.Result);
    }

    [Fact]
    public async Task The_events_are_those_that_Pollys_own_breaker_reports()
    {
        var theirs = new PollyRecorder();
        var options = new CircuitBreakerStrategyOptions
        {
            FailureRatio = 1,
            MinimumThroughput = 2,
            BreakDuration = BreakerRig.Recovery,
            SamplingDuration = BreakerRig.Recovery,
        };
        await CycleAsync(theirs.Listened(_rig.Clock).AddCircuitBreaker(options).Build());

        await CycleAsync(_recorder.Listened().AddLedgerLiftCircuitBreaker(_rig.Breaker).Build());

        // Their breaker is one of objects on an untyped pipeline; everything else is the same.
        Assert.Equal(theirs.Events.Select(Shape), _recorder.Events.Select(Shape));

        static (string, ResilienceEventSeverity, string?, string?, string, Exception?, object?) Shape(PollyEvent one) =>
            (one.Name, one.Severity, one.Pipeline, one.Strategy, one.Arguments.Name, one.Failure, one.Result);
    }

    [Fact]
    public async Task Half_open_is_reported_with_the_first_probe_and_not_again()
    {
        var pipeline = _recorder.Listened().AddLedgerLiftCircuitBreaker(_rig.Breaker).Build();
        _rig.Open();
        _rig.Clock.Advance(BreakerRig.Recovery);

        Assert.Equal(7, await pipeline.ExecuteAsync(_ => new ValueTask<int>(7), Token));
        Assert.Equal(["OnCircuitHalfOpened"], _recorder.Names);
        Assert.Equal(7, await pipeline.ExecuteAsync(_ => new ValueTask<int>(7), Token));
        Assert.Equal(["OnCircuitHalfOpened", "OnCircuitClosed"], _recorder.Names);
    }

    [Fact]
    public async Task What_a_call_caused_is_reported_by_its_pipeline_only()
    {
        var other = new PollyRecorder();
        other.Listened().AddLedgerLiftCircuitBreaker(_rig.Breaker).Build();
        var pipeline = _recorder.Listened().AddLedgerLiftCircuitBreaker(_rig.Breaker).Build();

        await CycleAsync(pipeline);

        Assert.Equal(3, _recorder.Events.Count);
        Assert.Empty(other.Events);
    }

    [Fact]
    public void What_is_done_by_hand_is_reported_by_every_pipeline_as_manual()
    {
        var other = new PollyRecorder();
        var pipelines = new[]
        {
            _recorder.Listened().AddLedgerLiftCircuitBreaker(_rig.Breaker).Build(),
            other.Listened().AddLedgerLiftCircuitBreaker(_rig.Breaker).Build(),
        };

        _rig.Breaker.Trip(_down);
        _rig.Breaker.Isolate();
        _rig.Breaker.Close();

        Assert.Equal(["OnCircuitOpened", "OnCircuitOpened", "OnCircuitClosed"], _recorder.Names);
        Assert.Equal(_recorder.Names, other.Names);
        Assert.Same(_down, _recorder.Events[0].Failure);
        var opened = _recorder.Events.Take(2).Select(one => Assert.IsType<OnCircuitOpenedArguments<object?>>(one.Payload)).ToList();
        Assert.Equal([BreakerRig.Recovery, TimeSpan.MaxValue], opened.Select(arguments => arguments.BreakDuration));
        Assert.All(opened, arguments => Assert.True(arguments.IsManual));
        Assert.True(Assert.IsType<OnCircuitClosedArguments<object?>>(_recorder.Events[2].Payload).IsManual);
        GC.KeepAlive(pipelines);
    }

    [Fact]
    [SuppressMessage("Critical Code Smell", "S1215", Justification = "That the collector may take it is what is tested.")]
    public void A_breaker_does_not_hold_the_pipelines_it_stands_in()
    {
        var pipeline = Build();

        for (var i = 0; i < 5 && pipeline.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(pipeline.IsAlive);
        _rig.Breaker.Isolate();
        Assert.Empty(_recorder.Events);
        GC.KeepAlive(_rig);

        [MethodImpl(MethodImplOptions.NoInlining)]
        WeakReference Build() => new(_recorder.Listened().AddLedgerLiftCircuitBreaker(_rig.Breaker).Build());
    }

    [Fact]
    public async Task A_listener_with_a_bug_disturbs_neither_outcomes_nor_state()
    {
        _recorder.Throws = true;
        var pipeline = _recorder.Listened().AddLedgerLiftCircuitBreaker(_rig.Breaker).Build();

        await CycleAsync(pipeline);

        Assert.Equal(BreakerState.Closed, _rig.State);
        Assert.Equal(3, _recorder.Events.Count);
    }

    // Opens by two failures, waits, and probes until closed; Polly's breaker needs one good probe, ours two.
    private async Task CycleAsync(ResiliencePipeline pipeline)
    {
        for (var i = 0; i < 2; i++)
            Assert.Same(
                _down,
                await Record.ExceptionAsync(() => pipeline.ExecuteAsync(_ => ValueTask.FromException<int>(_down), Token).AsTask())
            );
        await Assert.ThrowsAnyAsync<BrokenCircuitException>(() => pipeline.ExecuteAsync(_ => new ValueTask<int>(7), Token).AsTask());
        _rig.Clock.Advance(BreakerRig.Recovery);
        for (var i = 0; i < 2; i++)
            Assert.Equal(7, await pipeline.ExecuteAsync(_ => new ValueTask<int>(7), Token));
    }
}
