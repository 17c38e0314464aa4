namespace LedgerLift.Resilience.Tests;

public sealed class ResilienceExecutorTimeoutTests
{
    [Fact]
    public async Task An_attempt_that_takes_too_long_fails_with_a_timeout_and_is_retried_when_idempotent()
    {
        var fixture = new ExecutorFixture(options => options.AttemptTimeout = TimeSpan.FromSeconds(3));
        var calls = 0;

        var result = await fixture.FinishAsync(
            fixture.Executor.ExecuteAsync(
                OperationSafety.Idempotent,
                async token =>
                {
                    if (++calls == 1)
                        await Task.Delay(Timeout.InfiniteTimeSpan, token);
                    return calls;
                },
                TestContext.Current.CancellationToken
            )
        );

        Assert.Equal(2, result);
        Assert.Equal([TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1)], fixture.Waits);
        Assert.Equal(0, fixture.Executor.CircuitBreaker!.GetSnapshot().ConsecutiveFailures);
    }

    [Fact]
    public async Task An_attempt_timeout_of_a_non_idempotent_operation_reaches_the_caller_and_counts_for_the_breaker()
    {
        var fixture = new ExecutorFixture(options => options.AttemptTimeout = TimeSpan.FromSeconds(3));

        var thrown = await Assert.ThrowsAsync<TimeoutException>(() =>
            fixture.FinishAsync(
                fixture.Executor.ExecuteAsync(OperationSafety.NonIdempotent, HangAsync, TestContext.Current.CancellationToken)
            )
        );

        Assert.IsType<OperationCanceledException>(thrown.InnerException, exactMatch: false);
        Assert.Equal(1, fixture.Executor.CircuitBreaker!.GetSnapshot().ConsecutiveFailures);
    }

    [Fact]
    public async Task A_total_timeout_during_an_attempt_carries_the_last_real_failure()
    {
        var fixture = new ExecutorFixture(options => options.TotalTimeout = TimeSpan.FromSeconds(10));
        var real = new IOException("the connection broke");
        var calls = 0;

        var thrown = await Assert.ThrowsAsync<TimeoutException>(() =>
            fixture.FinishAsync(
                fixture.Executor.ExecuteAsync(
                    OperationSafety.Idempotent,
                    token => ++calls == 1 ? throw real : HangAsync(token),
                    TestContext.Current.CancellationToken
                )
            )
        );

        Assert.Same(real, thrown.InnerException);
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(9)], fixture.Waits);
        Assert.Equal(2, ((IReadOnlyList<RetryAttempt>)thrown.Data[RetryAttempt.ExceptionDataKey]!).Count);
    }

    [Fact]
    public async Task An_attempt_gets_no_more_than_what_is_left_of_the_total_timeout()
    {
        var fixture = new ExecutorFixture(options =>
        {
            options.AttemptTimeout = TimeSpan.FromSeconds(8);
            options.TotalTimeout = TimeSpan.FromSeconds(10);
        });

        await Assert.ThrowsAsync<TimeoutException>(() =>
            fixture.FinishAsync(fixture.Executor.ExecuteAsync(OperationSafety.Idempotent, HangAsync, TestContext.Current.CancellationToken))
        );

        Assert.Equal([TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)], fixture.Waits);
    }

    [Fact]
    public async Task The_callers_cancellation_wins_over_a_timeout_and_moves_no_breaker()
    {
        var fixture = new ExecutorFixture(options => options.AttemptTimeout = TimeSpan.FromSeconds(3));
        using var caller = new CancellationTokenSource();
        var call = fixture.Executor.ExecuteAsync(OperationSafety.Idempotent, HangAsync, caller.Token).AsTask();

        await caller.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(caller.Token, thrown.CancellationToken);
        var breaker = fixture.Executor.CircuitBreaker!.GetSnapshot();
        Assert.Equal((0, 0L), (breaker.ConsecutiveFailures, breaker.StaleResults));
        Assert.Equal(0, fixture.Time.ActiveTimers);
    }

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_is_a_failure()
    {
        var fixture = new ExecutorFixture();
        var dependency = new ScriptedDependency(new TaskCanceledException("the client gave up"), "good");

        Assert.Equal("good", await fixture.RunAsync(dependency));
        Assert.Equal(2, dependency.Calls);
    }

    [Fact]
    public async Task A_result_that_comes_after_the_time_is_over_is_still_a_result()
    {
        var fixture = new ExecutorFixture(options => options.AttemptTimeout = TimeSpan.FromSeconds(3));
        var answer = new TaskCompletionSource<string>();
        var call = fixture.Executor.ExecuteAsync(
            OperationSafety.Idempotent,
            _ => new ValueTask<string>(answer.Task),
            TestContext.Current.CancellationToken
        );

        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        answer.SetResult("late");

        Assert.Equal("late", await call);
    }

    [Fact]
    public async Task Wall_clock_steps_change_no_deadline()
    {
        var fixture = new ExecutorFixture(options => options.TotalTimeout = TimeSpan.FromSeconds(10));
        var call = fixture.Executor.ExecuteAsync(OperationSafety.Idempotent, HangAsync, TestContext.Current.CancellationToken);

        fixture.Time.StepWallClock(TimeSpan.FromHours(1));
        fixture.Time.StepWallClock(TimeSpan.FromHours(-5));

        await Assert.ThrowsAsync<TimeoutException>(() => fixture.FinishAsync(call));
        Assert.Equal([TimeSpan.FromSeconds(10)], fixture.Waits);
    }

    [Fact]
    public async Task On_the_systems_clock_tokens_are_reused_only_after_an_attempt_that_was_not_cancelled()
    {
        var executor = new ResilienceExecutor(
            "reuse",
            new ResiliencePolicyOptions { AttemptTimeout = TimeSpan.FromMilliseconds(20), CircuitBreaker = null }
        );

        for (var round = 0; round < 10; round++)
        {
            await Assert.ThrowsAsync<TimeoutException>(async () =>
                await executor.ExecuteAsync(OperationSafety.NonIdempotent, HangAsync, TestContext.Current.CancellationToken)
            );
            var fresh = await executor.ExecuteAsync(
                OperationSafety.NonIdempotent,
                static token => new ValueTask<bool>(token is { CanBeCanceled: true, IsCancellationRequested: false }),
                TestContext.Current.CancellationToken
            );
            Assert.True(fresh);
        }
    }

    private static async ValueTask<int> HangAsync(CancellationToken token)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, token);
        return 0;
    }
}
