using LedgerLift.Testing;
using Polly;
using Polly.Timeout;

namespace LedgerLift.Resilience.Tests;

public sealed class RetryStrategyTests
{
    private readonly PipelineRig _rig = new();
    private readonly IOException _down = new("connection reset");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FailureDisposition.NotExecuted, OperationSafety.NonIdempotent, 4)]
    [InlineData(FailureDisposition.NotExecuted, OperationSafety.Idempotent, 4)]
    [InlineData(FailureDisposition.Throttled, OperationSafety.NonIdempotent, 4)]
    [InlineData(FailureDisposition.Throttled, OperationSafety.Idempotent, 4)]
    [InlineData(FailureDisposition.Ambiguous, OperationSafety.NonIdempotent, 1)]
    [InlineData(FailureDisposition.Ambiguous, OperationSafety.Idempotent, 4)]
    [InlineData(FailureDisposition.Ambiguous, null, 1)]
    [InlineData(FailureDisposition.NotExecuted, null, 4)]
    [InlineData(FailureDisposition.Permanent, OperationSafety.Idempotent, 1)]
    [InlineData(FailureDisposition.Ignore, OperationSafety.Idempotent, 1)]
    public async Task Retries_what_the_disposition_and_the_safety_allow(FailureDisposition disposition, OperationSafety? safety, int calls)
    {
        var pipeline = _rig.Builder().AddLedgerLiftRetry(PipelineRig.NoChance, new FixedClassifier(disposition)).Build();
        var dependency = new ScriptedDependency(_down);

        Assert.Same(_down, await Record.ExceptionAsync(() => _rig.RunAsync(pipeline, dependency.CallAsync, safety)));

        Assert.Equal(calls, dependency.Calls);
        Assert.Equal(calls == 4 ? [Seconds(1), Seconds(2), Seconds(4)] : [], _rig.Waits);
    }

    [Fact]
    public async Task A_later_success_is_returned()
    {
        var pipeline = _rig.Builder().AddLedgerLiftRetry(PipelineRig.NoChance).Build();

        Assert.Equal("fine", await _rig.RunAsync(pipeline, new ScriptedDependency(_down, _down, "fine").CallAsync));

        Assert.Equal([Seconds(1), Seconds(2)], _rig.Waits);
    }

    [Fact]
    public async Task The_last_failure_comes_back_itself_with_all_attempts_attached()
    {
        var pipeline = _rig.Builder().AddLedgerLiftRetry(new RetryOptions { MaxRetries = 2, JitterMode = JitterMode.None }).Build();
        var last = new TimeoutException();

        var thrown = await Record.ExceptionAsync(() =>
            _rig.RunAsync(pipeline, new ScriptedDependency(_down, new InvalidOperationException(), last).CallAsync)
        );

        Assert.Same(last, thrown);
        Assert.Equal(
            [
                new RetryAttempt(1, FailureDisposition.Ambiguous, "System.IO.IOException", Seconds(1)),
                new RetryAttempt(2, FailureDisposition.Ambiguous, "System.InvalidOperationException", Seconds(2)),
                new RetryAttempt(3, FailureDisposition.Ambiguous, "System.TimeoutException", Delay: null),
            ],
            Assert.IsType<IReadOnlyList<RetryAttempt>>(last.Data[RetryAttempt.ExceptionDataKey], exactMatch: false)
        );
    }

    [Fact]
    public async Task A_cancelled_wait_ends_promptly_with_the_callers_token_and_keeps_the_failure()
    {
        var pipeline = _rig.Builder().AddLedgerLiftRetry(PipelineRig.NoChance, new FixedClassifier(FailureDisposition.Throttled)).Build();
        using var caller = new CancellationTokenSource();

        var call = pipeline.ExecuteAsync(_ => ValueTask.FromException(_down), caller.Token).AsTask();
        await _rig.Clock.WaitForTimerAsync();
        await caller.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal((caller.Token, _down), (cancelled.CancellationToken, cancelled.InnerException));
        Assert.Equal(0, _rig.Clock.ActiveTimers);
    }

    [Fact]
    public async Task A_wait_that_cannot_end_before_the_total_timeout_is_not_begun()
    {
        var pipeline = _rig.Builder()
            .AddTimeout(Seconds(3))
            .AddLedgerLiftRetry(PipelineRig.NoChance, classifier: null, budget: null, totalTimeout: Seconds(3))
            .Build();

        var thrown = await Record.ExceptionAsync(() => _rig.RunAsync(pipeline, new ScriptedDependency(_down).CallAsync));

        // After one second of waiting, two more would end with the timeout.
        Assert.Same(_down, thrown);
        Assert.Equal(2, Attempts(_down).Count);
    }

    [Fact]
    public async Task A_timeout_during_a_wait_keeps_the_failure_in_the_chain()
    {
        var pipeline = _rig.Builder().AddTimeout(Seconds(2.5)).AddLedgerLiftRetry(PipelineRig.NoChance).Build();

        var thrown = await Assert.ThrowsAsync<TimeoutRejectedException>(() =>
            _rig.RunAsync(pipeline, new ScriptedDependency(_down).CallAsync)
        );

        Assert.Same(_down, thrown.InnerException?.InnerException);
    }

    [Fact]
    public async Task A_total_timeout_during_an_attempt_keeps_the_failure_before_in_the_chain()
    {
        var pipeline = _rig.Builder()
            .AddCallerToken()
            .AddTimeout(Seconds(2))
            .AddLedgerLiftRetry(PipelineRig.NoChance, classifier: null, budget: null, totalTimeout: Seconds(2))
            .Build();
        var calls = 0;

        var thrown = await Assert.ThrowsAsync<TimeoutRejectedException>(() => _rig.RunAsync(pipeline, FailThenHangAsync));

        Assert.Same(_down, thrown.InnerException?.InnerException);
        Assert.Equal(2, calls);

        async ValueTask<int> FailThenHangAsync(CancellationToken cancellationToken)
        {
            if (++calls == 1)
                throw _down;
            await Task.Delay(Timeout.InfiniteTimeSpan, _rig.Clock, cancellationToken);
            return 0;
        }
    }

    [Fact]
    public async Task Bad_results_are_retried_and_the_last_one_returned()
    {
        var pipeline = _rig.Builder<int>().AddLedgerLiftRetry(new StatusClassifier(), PipelineRig.NoChance).Build();
        var answers = new Queue<int>([503, 500, 404, 200]);

        Assert.Equal(404, await _rig.RunAsync(pipeline, _ => new ValueTask<int>(answers.Dequeue())));
        Assert.Equal(200, await _rig.RunAsync(pipeline, _ => new ValueTask<int>(answers.Dequeue())));
        Assert.Equal(503, await _rig.RunAsync(pipeline, _ => new ValueTask<int>(503)));

        Assert.Equal(5, _rig.Waits.Count);
    }

    [Fact]
    public async Task A_result_is_not_retried_when_it_is_ambiguous_and_the_operation_not_idempotent()
    {
        var pipeline = _rig.Builder<int>().AddLedgerLiftRetry(new StatusClassifier(), PipelineRig.NoChance).Build();

        Assert.Equal(500, await _rig.RunAsync(pipeline, _ => new ValueTask<int>(500), OperationSafety.NonIdempotent));

        Assert.Empty(_rig.Waits);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_discarded_result_is_disposed_once_and_a_returned_one_never(bool withBug)
    {
        var pipeline = _rig.Builder<Stock>().AddLedgerLiftRetry(new StockClassifier(), PipelineRig.NoChance).Build();
        var stocks = new List<Stock>();

        var last = await _rig.RunAsync(
            pipeline,
            _ =>
            {
                stocks.Add(new Stock(withBug));
                return new ValueTask<Stock>(stocks[^1]);
            }
        );

        Assert.Same(stocks[3], last);
        Assert.Equal([1, 1, 1, 0], stocks.Select(stock => stock.Disposed));
    }

    [Fact]
    public async Task Every_retry_comes_out_of_the_budget_and_every_operation_pays_in()
    {
        var budget = new RetryBudget(new RetryBudgetOptions { MinRetriesPerSecond = 1, Window = Seconds(2) }, new ManualTimeProvider());
        var pipeline = _rig.Builder().AddLedgerLiftRetry(PipelineRig.NoChance, classifier: null, budget).Build();
        var dependency = new ScriptedDependency(_down);

        await Record.ExceptionAsync(() => _rig.RunAsync(pipeline, dependency.CallAsync));
        Assert.Equal((3, 0), (dependency.Calls, budget.Balance));
        for (var i = 0; i < 4; i++)
            await _rig.RunAsync(pipeline, new ScriptedDependency("fine").CallAsync);

        Assert.Equal(0.8, budget.Balance);
        await Record.ExceptionAsync(() => _rig.RunAsync(pipeline, dependency.CallAsync));
        Assert.Equal((5, 0), (dependency.Calls, budget.Balance));
    }

    [Fact]
    public async Task A_server_that_names_a_time_is_left_alone_that_long_up_to_the_cap()
    {
        var options = new RetryOptions
        {
            MaxRetries = 1,
            JitterMode = JitterMode.None,
            MaxRetryAfter = Seconds(60),
        };
        foreach (var (wish, wait) in new[] { (45, 45), (0, 1), (7200, 60) })
        {
            var classifier = new FixedClassifier(FailureDisposition.Throttled, Seconds(wish));
            var pipeline = _rig.Builder().AddLedgerLiftRetry(options, classifier).Build();
            await Record.ExceptionAsync(() => _rig.RunAsync(pipeline, new ScriptedDependency(_down).CallAsync));
            Assert.Equal(Seconds(wait), _rig.Waits[^1]);
        }
    }

    [Fact]
    public async Task An_open_circuit_inside_ends_the_call()
    {
        var breaker = new CircuitBreaker("store", new CircuitBreakerOptions { FailureThreshold = 2 }, _rig.Clock);
        var pipeline = _rig.Builder().AddLedgerLiftRetry(PipelineRig.NoChance).AddLedgerLiftCircuitBreaker(breaker).Build();
        var dependency = new ScriptedDependency(_down);

        var thrown = await Assert.ThrowsAsync<CircuitOpenException>(() => _rig.RunAsync(pipeline, dependency.CallAsync));

        Assert.Equal((2, 3), (dependency.Calls, Attempts(thrown).Count));
        Assert.Same(_down, thrown.InnerException);
    }

    [Fact]
    public async Task A_classifier_with_a_bug_makes_a_failure_ambiguous_and_a_result_good()
    {
        var failing = _rig.Builder().AddLedgerLiftRetry(PipelineRig.NoChance, new ThrowingClassifier()).Build();
        var returning = _rig.Builder<int>().AddLedgerLiftRetry(new StatusClassifier(), PipelineRig.NoChance).Build();

        Assert.Same(_down, await Record.ExceptionAsync(() => _rig.RunAsync(failing, new ScriptedDependency(_down).CallAsync)));
        Assert.Equal(4, Attempts(_down).Count);
        Assert.Equal(-1, await _rig.RunAsync(returning, _ => new ValueTask<int>(-1)));
    }

    [Fact]
    public async Task A_callback_that_throws_before_it_returns_a_task_is_retried_like_any_other()
    {
        var pipeline = _rig.Builder().AddLedgerLiftRetry(new RetryOptions { BaseDelay = TimeSpan.Zero }).Build();
        var context = ResilienceContextPool.Shared.Get(Token);
        context.Properties.Set(ResilienceKeys.OperationSafety, OperationSafety.Idempotent);
        var calls = 0;

        var outcome = await pipeline.ExecuteOutcomeAsync<int, int>(
            (_, _) => ++calls < 3 ? throw _down : ValueTask.FromException<Outcome<int>>(_down),
            context,
            0
        );

        Assert.Equal((4, _down), (calls, outcome.Exception));
        ResilienceContextPool.Shared.Return(context);
    }

    [Fact]
    public void Serves_synchronous_calls_waits_included()
    {
        var options = new RetryOptions { BaseDelay = TimeSpan.FromMilliseconds(1) };
        var classifier = new FixedClassifier(FailureDisposition.NotExecuted);
        var pipeline = new ResiliencePipelineBuilder().AddLedgerLiftRetry(options, classifier).Build();
        var calls = 0;

        Assert.Equal(3, pipeline.Execute(() => ++calls < 3 ? throw _down : calls));
        Assert.Same(_down, Record.Exception(() => pipeline.Execute(() => throw _down)));
    }

    [Fact]
    public async Task Options_are_copied_and_checked()
    {
        var options = new RetryOptions { MaxRetries = 1, JitterMode = JitterMode.None };
        var pipeline = _rig.Builder().AddLedgerLiftRetry(options).Build();
        options.MaxRetries = 100;
        var dependency = new ScriptedDependency(_down);

        await Record.ExceptionAsync(() => _rig.RunAsync(pipeline, dependency.CallAsync));

        Assert.Equal(2, dependency.Calls);
        var builder = new ResiliencePipelineBuilder<int>();
        Assert.Throws<ArgumentException>(nameof(options), () => builder.AddLedgerLiftRetry(new RetryOptions { Jitter = 2 }));
        Assert.Throws<ArgumentNullException>("outcomes", () => builder.AddLedgerLiftRetry((IOutcomeClassifier<int>)null!));
        Assert.Throws<ArgumentNullException>(nameof(builder), () => ((ResiliencePipelineBuilder)null!).AddLedgerLiftRetry());
        Assert.Throws<ArgumentOutOfRangeException>("totalTimeout", () => builder.AddLedgerLiftRetry(null, null, null, TimeSpan.Zero));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static IReadOnlyList<RetryAttempt> Attempts(Exception failure) =>
        Assert.IsType<IReadOnlyList<RetryAttempt>>(failure.Data[RetryAttempt.ExceptionDataKey], exactMatch: false);
}
