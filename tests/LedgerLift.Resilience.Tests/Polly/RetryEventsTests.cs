using Polly;
using Polly.Retry;
using Polly.Telemetry;

namespace LedgerLift.Resilience.Tests;

public sealed class RetryEventsTests
{
    private readonly PipelineRig _rig = new();
    private readonly PollyRecorder _recorder = new();
    private readonly IOException _down = new("connection reset");

    [Fact]
    public async Task Failed_attempts_and_retries_are_reported_with_Pollys_types_and_numbers()
    {
        await RunAsync(new RetryOptions { MaxRetries = 2, JitterMode = JitterMode.None });

        Assert.Equal(["ExecutionAttempt", "OnRetry", "ExecutionAttempt", "OnRetry", "ExecutionAttempt"], _recorder.Names);
        var attempts = Payloads<ExecutionAttemptArguments>();
        Assert.Equal([(0, true), (1, true), (2, true)], attempts.Select(one => (one.AttemptNumber, one.Handled)));
        Assert.All(attempts, one => Assert.Equal(TimeSpan.FromMilliseconds(70), one.Duration));
        Assert.Equal(
            [(0, 1.0, 0.07), (1, 2.0, 0.07)],
            Payloads<OnRetryArguments<string>>().Select(one => (one.AttemptNumber, one.RetryDelay.TotalSeconds, one.Duration.TotalSeconds))
        );
        Assert.All(_recorder.Events, one => Assert.Equal(("pipeline", "Retry", _down), (one.Pipeline, one.Strategy, one.Failure)));
    }

    [Fact]
    public async Task The_events_of_failures_are_those_that_Pollys_own_retry_reports()
    {
        var theirs = new PollyRecorder();
        var options = new RetryStrategyOptions
        {
            MaxRetryAttempts = 2,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromSeconds(1),
        };
        var pipeline = theirs.Listened(_rig.Clock).AddRetry(options).Build();
        await Record.ExceptionAsync(() => _rig.RunAsync(pipeline, FailAsync));

        await RunAsync(new RetryOptions { MaxRetries = 2, JitterMode = JitterMode.None });

        Assert.Equal(theirs.Events.Select(Shape), _recorder.Events.Select(Shape));

        static object Shape(PollyEvent one) =>
            (one.Name, one.Severity, one.Pipeline, one.Strategy, one.Arguments.Name, one.Failure, Numbers(one.Payload));
    }

    [Fact]
    public async Task A_failure_that_is_not_retried_by_its_nature_is_an_attempt_not_handled()
    {
        await RunAsync(PipelineRig.NoChance, new FixedClassifier(FailureDisposition.Permanent));

        var attempt = Assert.Single(_recorder.Events);
        Assert.Equal(("ExecutionAttempt", ResilienceEventSeverity.Information), (attempt.Name, attempt.Severity));
        Assert.False(Assert.Single(Payloads<ExecutionAttemptArguments>()).Handled);
    }

    [Fact]
    public async Task A_success_is_not_reported()
    {
        var pipeline = _recorder.Listened(_rig.Clock).AddLedgerLiftRetry(PipelineRig.NoChance).Build();

        await _rig.RunAsync(pipeline, new ScriptedDependency("fine").CallAsync);

        Assert.Empty(_recorder.Events);
    }

    [Fact]
    public async Task A_listener_with_a_bug_disturbs_nothing()
    {
        _recorder.Throws = true;

        await RunAsync(PipelineRig.NoChance);

        Assert.Equal(7, _recorder.Events.Count);
    }

    [Fact]
    public async Task Retries_are_measured_under_the_pipelines_name()
    {
        var name = $"pipeline-{Guid.NewGuid()}";
        using var metrics = new LedgerLift.Testing.MetricRecorder(
            ResilienceDiagnostics.MeterName,
            instrument: null,
            ("retry.policy", name)
        );
        var builder = _rig.Builder();
        builder.Name = name;
        var budget = new RetryBudget();

        await Record.ExceptionAsync(() =>
            _rig.RunAsync(builder.AddLedgerLiftRetry(PipelineRig.NoChance, budget: budget).Build(), FailAsync)
        );
        metrics.Collect();

        Assert.Equal(3, metrics.Sum("ledgerlift.resilience.retry.attempts", ("error.type", "System.IO.IOException")));
        Assert.Equal(1, metrics.Sum("ledgerlift.resilience.retry.suppressed", ("retry.reason", "exhausted")));
        Assert.Equal([1, 2, 4], metrics.Values("ledgerlift.resilience.retry.delay"));
        Assert.NotNull(metrics.Last("ledgerlift.resilience.retry.budget"));
        GC.KeepAlive(budget);
    }

    private static object Numbers(object payload) =>
        payload switch
        {
            ExecutionAttemptArguments attempt => (attempt.AttemptNumber, attempt.Duration, attempt.Handled),
            OnRetryArguments<string> retry => (retry.AttemptNumber, retry.RetryDelay, retry.Duration),
            OnRetryArguments<object> retry => (retry.AttemptNumber, retry.RetryDelay, retry.Duration),
            _ => payload,
        };

    private List<T> Payloads<T>() => [.. _recorder.Events.Select(one => one.Payload).OfType<T>()];

    private async Task RunAsync(RetryOptions options, IFailureClassifier? classifier = null)
    {
        var pipeline = _recorder.Listened(_rig.Clock).AddLedgerLiftRetry(options, classifier).Build();
        Assert.Same(_down, await Record.ExceptionAsync(() => _rig.RunAsync(pipeline, FailAsync)));
    }

    // Each attempt takes 70 ms.
    private ValueTask<string> FailAsync(CancellationToken cancellationToken)
    {
        _rig.Clock.Advance(TimeSpan.FromMilliseconds(70));
        return ValueTask.FromException<string>(_down);
    }
}
