using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace LedgerLift.Resilience.Tests;

public sealed class CircuitBreakerStrategyTests
{
    private readonly BreakerRig _rig = new(options => options.FailureThreshold = 2);
    private readonly IOException _down = new("connection reset");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Opens_refuses_probes_and_closes_as_the_breaker_says()
    {
        var pipeline = new ResiliencePipelineBuilder().AddLedgerLiftCircuitBreaker(_rig.Breaker).Build();

        Assert.Same(_down, await Record.ExceptionAsync(() => FailAsync(pipeline)));
        await Record.ExceptionAsync(() => FailAsync(pipeline));
        var refusal = await Assert.ThrowsAsync<CircuitOpenException>(() => SucceedAsync(pipeline));
        _rig.Clock.Advance(BreakerRig.Recovery);
        await SucceedAsync(pipeline);
        Assert.Equal(BreakerState.HalfOpen, _rig.State);
        await SucceedAsync(pipeline);

        Assert.Equal((BreakerRig.Recovery, _down), (refusal.RetryAfter, refusal.InnerException));
        Assert.Equal(BreakerState.Closed, _rig.State);
    }

    [Fact]
    public async Task Handlers_of_Pollys_refusal_keep_working_and_see_where_it_came_from()
    {
        var builder = new ResiliencePipelineBuilder { Name = "orders", InstanceName = "blue" };
        var pipeline = builder.AddLedgerLiftCircuitBreaker(_rig.Breaker).Build();
        _rig.Breaker.Isolate();

        var refusal = await Assert.ThrowsAnyAsync<BrokenCircuitException>(() => SucceedAsync(pipeline));

        Assert.Null(refusal.RetryAfter);
        var source = refusal.TelemetrySource;
        Assert.Equal(("orders", "blue", "CircuitBreaker"), (source?.PipelineName, source?.PipelineInstanceName, source?.StrategyName));
    }

    [Fact]
    public async Task One_breaker_serves_pipelines_of_every_type_and_an_executor()
    {
        var numbers = new ResiliencePipelineBuilder<int>().AddLedgerLiftCircuitBreaker(_rig.Breaker).Build();
        var words = new ResiliencePipelineBuilder<string>().AddLedgerLiftCircuitBreaker(_rig.Breaker).Build();
        var anything = new ResiliencePipelineBuilder().AddLedgerLiftCircuitBreaker(_rig.Breaker).Build();
        var executor = new ResilienceExecutor(
            "shared",
            new ResiliencePolicyOptions { Retry = { MaxRetries = 0 } },
            classifier: null,
            _rig.Clock,
            _rig.Breaker,
            budget: null
        );

        await Record.ExceptionAsync(() => numbers.ExecuteAsync(_ => ValueTask.FromException<int>(_down), Token).AsTask());
        await Record.ExceptionAsync(() => words.ExecuteAsync(_ => ValueTask.FromException<string>(_down), Token).AsTask());

        await Assert.ThrowsAsync<CircuitOpenException>(() => numbers.ExecuteAsync(_ => new ValueTask<int>(1), Token).AsTask());
        await Assert.ThrowsAsync<CircuitOpenException>(() => words.ExecuteAsync(_ => new ValueTask<string>(""), Token).AsTask());
        await Assert.ThrowsAsync<CircuitOpenException>(() => SucceedAsync(anything));
        await Assert.ThrowsAsync<CircuitOpenException>(() =>
            executor.ExecuteAsync(OperationSafety.Idempotent, _ => ValueTask.CompletedTask, Token).AsTask()
        );
        Assert.Equal(4, _rig.Snapshot.Rejections);
    }

    [Theory]
    [InlineData(500, 1)]
    [InlineData(503, 1)]
    [InlineData(499, 0)]
    [InlineData(404, 0)]
    [InlineData(200, 0)]
    [InlineData(-1, 0)]
    public async Task A_result_counts_as_its_classifier_says(int status, int failures)
    {
        var builder = new ResiliencePipelineBuilder<int>().AddLedgerLiftCircuitBreaker(_rig.Breaker, new StatusClassifier());

        Assert.Equal(status, await builder.Build().ExecuteAsync(_ => new ValueTask<int>(status), Token));

        Assert.Equal(failures, _rig.Snapshot.ConsecutiveFailures);
    }

    [Theory]
    [InlineData(404, 0)]
    [InlineData(499, 1)]
    public async Task A_refusal_for_good_resets_the_count_and_an_ignored_result_does_not(int status, int failures)
    {
        _rig.Fail();
        var builder = new ResiliencePipelineBuilder<int>().AddLedgerLiftCircuitBreaker(_rig.Breaker, new StatusClassifier());

        await builder.Build().ExecuteAsync(_ => new ValueTask<int>(status), Token);

        Assert.Equal(failures, _rig.Snapshot.ConsecutiveFailures);
    }

    [Fact]
    public async Task A_classifier_with_a_bug_disturbs_neither_outcome_nor_state()
    {
        var pipeline = new ResiliencePipelineBuilder().AddLedgerLiftCircuitBreaker(_rig.Breaker, new ThrowingClassifier()).Build();
        _rig.Open();
        _rig.Clock.Advance(BreakerRig.Recovery);

        Assert.Same(_down, await Record.ExceptionAsync(() => FailAsync(pipeline)));

        // The probe's failure opened the circuit anew: nothing is stuck half-open.
        Assert.Equal(BreakerState.Open, _rig.State);
    }

    [Fact]
    public async Task A_cancelled_probe_frees_its_place_and_moves_nothing()
    {
        var pipeline = new ResiliencePipelineBuilder().AddLedgerLiftCircuitBreaker(_rig.Breaker).Build();
        _rig.Open();
        _rig.Clock.Advance(BreakerRig.Recovery);
        using var caller = new CancellationTokenSource();

        var call = pipeline.ExecuteAsync(async token => await Task.Delay(Timeout.Infinite, token), caller.Token).AsTask();
        await caller.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(caller.Token, cancelled.CancellationToken);
        Assert.Equal((BreakerState.HalfOpen, 0, 0), (_rig.State, _rig.Snapshot.ProbesInFlight, _rig.Snapshot.ProbeSuccesses));
    }

    [Fact]
    public async Task A_timeout_inside_is_a_failure_and_one_outside_cannot_be_told_from_the_caller()
    {
        var inside = Builder().AddLedgerLiftCircuitBreaker(_rig.Breaker).AddTimeout(TimeSpan.FromSeconds(1)).Build();
        var outside = Builder().AddTimeout(TimeSpan.FromSeconds(1)).AddLedgerLiftCircuitBreaker(_rig.Breaker).Build();

        await HangAsync(outside);
        Assert.Equal(0, _rig.Snapshot.ConsecutiveFailures);
        await HangAsync(inside);
        Assert.Equal(1, _rig.Snapshot.ConsecutiveFailures);

        ResiliencePipelineBuilder Builder() => new() { TimeProvider = _rig.Clock };

        async Task HangAsync(ResiliencePipeline pipeline)
        {
            var call = pipeline.ExecuteAsync(async token => await Task.Delay(Timeout.Infinite, token), Token).AsTask();
            _rig.Clock.Advance(TimeSpan.FromSeconds(1));
            await Assert.ThrowsAsync<TimeoutRejectedException>(() => call);
        }
    }

    [Fact]
    public async Task With_the_callers_token_noted_a_timeout_outside_is_a_failure_too()
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = _rig.Clock };
        var pipeline = builder.AddCallerToken().AddTimeout(TimeSpan.FromSeconds(1)).AddLedgerLiftCircuitBreaker(_rig.Breaker).Build();
        using var caller = new CancellationTokenSource();

        var hung = pipeline.ExecuteAsync(async token => await Task.Delay(Timeout.Infinite, token), Token).AsTask();
        _rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<TimeoutRejectedException>(() => hung);
        Assert.Equal(1, _rig.Snapshot.ConsecutiveFailures);

        var cancelled = pipeline.ExecuteAsync(async token => await Task.Delay(Timeout.Infinite, token), caller.Token).AsTask();
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(1, _rig.Snapshot.ConsecutiveFailures);
    }

    [Fact]
    public async Task Nested_pipelines_each_see_their_own_caller()
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = _rig.Clock };
        var inner = builder.AddCallerToken().AddTimeout(TimeSpan.FromHours(1)).AddLedgerLiftCircuitBreaker(_rig.Breaker).Build();
        var context = ResilienceContextPool.Shared.Get(Token);
        CancellationToken seen = default;
        var outer = new ResiliencePipelineBuilder().AddCallerToken().AddPipeline(inner).Build();

        await outer.ExecuteAsync(
            inside =>
            {
                seen = ResilienceKeys.CallerTokenOf(inside);
                Assert.NotEqual(Token, inside.CancellationToken);
                return ValueTask.CompletedTask;
            },
            context
        );

        Assert.Equal(Token, seen);
        Assert.Null(context.Properties.GetValue(ResilienceKeys.Caller, defaultValue: null));
        ResilienceContextPool.Shared.Return(context);
    }

    [Fact]
    public async Task A_callback_that_throws_before_it_returns_a_task_gives_an_outcome()
    {
        var pipeline = new ResiliencePipelineBuilder().AddCallerToken().AddLedgerLiftCircuitBreaker(_rig.Breaker).Build();
        var context = ResilienceContextPool.Shared.Get(Token);

        var thrown = await pipeline.ExecuteOutcomeAsync<int, int>((_, _) => throw _down, context, 0);
        var failed = await pipeline.ExecuteOutcomeAsync<int, int>((_, _) => ValueTask.FromException<Outcome<int>>(_down), context, 0);

        Assert.Same(_down, thrown.Exception);
        Assert.Same(_down, failed.Exception);
        Assert.Equal(BreakerState.Open, _rig.State);
        ResilienceContextPool.Shared.Return(context);
    }

    [Fact]
    public void Serves_synchronous_calls()
    {
        var pipeline = new ResiliencePipelineBuilder().AddLedgerLiftCircuitBreaker(_rig.Breaker).Build();

        Assert.Equal(1, pipeline.Execute(() => 1));
        Assert.Same(_down, Record.Exception(() => pipeline.Execute(() => throw _down)));
        Assert.Same(_down, Record.Exception(() => pipeline.Execute(() => throw _down)));
        Assert.Throws<CircuitOpenException>(() => pipeline.Execute(() => 1));
    }

    [Fact]
    public void Refuses_to_be_built_from_nothing()
    {
        var builder = new ResiliencePipelineBuilder<int>();

        Assert.Throws<ArgumentNullException>("breaker", () => builder.AddLedgerLiftCircuitBreaker(null!));
        Assert.Throws<ArgumentNullException>("outcomes", () => builder.AddLedgerLiftCircuitBreaker(_rig.Breaker, outcomes: null!));
        Assert.Throws<ArgumentNullException>("builder", () => ((ResiliencePipelineBuilder)null!).AddLedgerLiftCircuitBreaker(_rig.Breaker));
    }

    private static Task SucceedAsync(ResiliencePipeline pipeline) => pipeline.ExecuteAsync(_ => ValueTask.CompletedTask, Token).AsTask();

    private Task FailAsync(ResiliencePipeline pipeline) => pipeline.ExecuteAsync(_ => ValueTask.FromException(_down), Token).AsTask();
}
