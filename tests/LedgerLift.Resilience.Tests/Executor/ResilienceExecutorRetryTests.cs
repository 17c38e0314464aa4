namespace LedgerLift.Resilience.Tests;

public sealed class ResilienceExecutorRetryTests
{
    private static readonly IOException Ambiguous = new("the connection broke");

    [Fact]
    public async Task Returns_the_first_good_result_without_a_wait()
    {
        var fixture = new ExecutorFixture();

        var result = await fixture.RunAsync(new ScriptedDependency("good"));

        Assert.Equal("good", result);
        Assert.Empty(fixture.Waits);
    }

    [Fact]
    public async Task Waits_longer_each_time_and_returns_the_late_result()
    {
        var fixture = new ExecutorFixture();
        var dependency = new ScriptedDependency(Ambiguous, Ambiguous, Ambiguous, "good");

        var result = await fixture.RunAsync(dependency);

        Assert.Equal("good", result);
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)], fixture.Waits);
    }

    [Fact]
    public async Task Throws_the_last_failure_itself_with_every_attempt_attached()
    {
        var fixture = new ExecutorFixture();
        var last = new TimeoutException("last");

        var thrown = await Assert.ThrowsAsync<TimeoutException>(() =>
            fixture.RunAsync(new ScriptedDependency(Ambiguous, Ambiguous, Ambiguous, last))
        );

        Assert.Same(last, thrown);
        Assert.Null(thrown.InnerException);
        var attempts = Assert.IsType<IReadOnlyList<RetryAttempt>>(thrown.Data["ledgerlift.retry.attempts"], exactMatch: false);
        Assert.Equal([1, 2, 3, 4], attempts.Select(attempt => attempt.Number));
        Assert.Equal(["System.IO.IOException", "System.TimeoutException"], attempts.Select(attempt => attempt.ErrorType).Distinct());
        Assert.Equal([1, 2, 4, null], attempts.Select(attempt => attempt.Delay?.TotalSeconds));
    }

    [Theory]
    [InlineData(FailureDisposition.NotExecuted, OperationSafety.Idempotent, 4)]
    [InlineData(FailureDisposition.NotExecuted, OperationSafety.NonIdempotent, 4)]
    [InlineData(FailureDisposition.Throttled, OperationSafety.Idempotent, 4)]
    [InlineData(FailureDisposition.Throttled, OperationSafety.NonIdempotent, 4)]
    [InlineData(FailureDisposition.Ambiguous, OperationSafety.Idempotent, 4)]
    [InlineData(FailureDisposition.Ambiguous, OperationSafety.NonIdempotent, 1)]
    [InlineData(FailureDisposition.Permanent, OperationSafety.Idempotent, 1)]
    [InlineData(FailureDisposition.Permanent, OperationSafety.NonIdempotent, 1)]
    [InlineData(FailureDisposition.Ignore, OperationSafety.Idempotent, 1)]
    [InlineData(FailureDisposition.Ignore, OperationSafety.NonIdempotent, 1)]
    public async Task Retries_what_cannot_have_happened_twice(FailureDisposition disposition, OperationSafety safety, int calls)
    {
        var fixture = new ExecutorFixture(classifier: new FixedClassifier(disposition));
        var dependency = new ScriptedDependency(Ambiguous);

        var thrown = await Assert.ThrowsAsync<IOException>(() => fixture.RunAsync(dependency, safety));

        Assert.Same(Ambiguous, thrown);
        Assert.Equal(calls, dependency.Calls);
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(0.2, 1)]
    [InlineData(90, 20)]
    public async Task Waits_at_least_as_long_as_asked_for_up_to_the_cap(double askedSeconds, double waitSeconds)
    {
        var fixture = new ExecutorFixture(
            options =>
            {
                options.Retry.MaxRetryAfter = TimeSpan.FromSeconds(20);
                options.TotalTimeout = null;
            },
            new FixedClassifier(FailureDisposition.Throttled, TimeSpan.FromSeconds(askedSeconds))
        );

        await fixture.RunAsync(new ScriptedDependency(Ambiguous, "good"));

        Assert.Equal([TimeSpan.FromSeconds(waitSeconds)], fixture.Waits);
    }

    [Fact]
    public async Task Caps_what_is_asked_for_at_the_longest_delay_by_default()
    {
        var fixture = new ExecutorFixture(
            options =>
            {
                options.Retry.MaxDelay = TimeSpan.FromSeconds(7);
                options.TotalTimeout = null;
            },
            new FixedClassifier(FailureDisposition.Throttled, TimeSpan.FromHours(2))
        );

        await fixture.RunAsync(new ScriptedDependency(Ambiguous, "good"));

        Assert.Equal([TimeSpan.FromSeconds(7)], fixture.Waits);
    }

    [Fact]
    public async Task Does_not_begin_a_wait_that_would_end_after_the_total_timeout()
    {
        var fixture = new ExecutorFixture(options => options.TotalTimeout = TimeSpan.FromSeconds(3));
        var dependency = new ScriptedDependency(Ambiguous);

        var thrown = await Assert.ThrowsAsync<IOException>(() => fixture.RunAsync(dependency));

        Assert.Same(Ambiguous, thrown);
        Assert.Equal(2, dependency.Calls);
        Assert.Equal([TimeSpan.FromSeconds(1)], fixture.Waits);
    }

    [Fact]
    public async Task Does_not_wait_for_a_server_that_asks_for_more_than_is_left()
    {
        var classifier = new FixedClassifier(FailureDisposition.Throttled, TimeSpan.FromSeconds(25));
        var fixture = new ExecutorFixture(options => options.TotalTimeout = TimeSpan.FromSeconds(25), classifier);
        var dependency = new ScriptedDependency(Ambiguous);

        await Assert.ThrowsAsync<IOException>(() => fixture.RunAsync(dependency));

        Assert.Equal(1, dependency.Calls);
        Assert.Empty(fixture.Waits);
    }

    [Fact]
    public async Task Takes_each_retry_from_the_budget_and_stops_when_it_is_empty()
    {
        var fixture = new ExecutorFixture(options =>
            options.Budget = new RetryBudgetOptions
            {
                MinRetriesPerSecond = 1,
                Window = TimeSpan.FromSeconds(2),
                Ratio = 0,
            }
        );
        Assert.True(fixture.Executor.Budget!.TryWithdraw());
        Assert.True(fixture.Executor.Budget.TryWithdraw());
        var dependency = new ScriptedDependency(Ambiguous);

        var thrown = await Assert.ThrowsAsync<IOException>(() => fixture.RunAsync(dependency));

        Assert.Equal(1, dependency.Calls);
        Assert.Single((IReadOnlyList<RetryAttempt>)thrown.Data[RetryAttempt.ExceptionDataKey]!);
    }

    [Fact]
    public async Task A_retry_that_the_deadline_forbids_costs_no_budget()
    {
        var fixture = new ExecutorFixture(options => options.TotalTimeout = TimeSpan.FromMilliseconds(500));
        var before = fixture.Executor.Budget!.Balance;

        await Assert.ThrowsAsync<IOException>(() => fixture.RunAsync(new ScriptedDependency(Ambiguous)));

        Assert.Equal(before, fixture.Executor.Budget.Balance);
    }

    [Fact]
    public async Task Every_call_counts_once_in_the_budget_however_often_it_is_tried()
    {
        var fixture = new ExecutorFixture(options =>
        {
            options.Budget = new RetryBudgetOptions { MinRetriesPerSecond = 0, Ratio = 1 };
            options.CircuitBreaker = null;
        });
        await fixture.RunAsync(new ScriptedDependency("good"));
        await fixture.RunAsync(new ScriptedDependency("good"));

        await fixture.RunAsync(new ScriptedDependency(Ambiguous, "good"));

        Assert.Equal(2, fixture.Executor.Budget!.Balance);
    }

    [Fact]
    public async Task The_callers_cancellation_ends_a_wait_with_the_callers_token()
    {
        var fixture = new ExecutorFixture();
        using var caller = new CancellationTokenSource();
        var call = fixture
            .Executor.ExecuteAsync(OperationSafety.Idempotent, new ScriptedDependency(Ambiguous).CallAsync, caller.Token)
            .AsTask();
        await fixture.Time.WaitForTimerAsync();

        await caller.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(caller.Token, thrown.CancellationToken);
        Assert.Equal(0, fixture.Time.ActiveTimers);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_begins_is_not_made()
    {
        var fixture = new ExecutorFixture();
        var dependency = new ScriptedDependency("good");
        var cancelled = new CancellationToken(canceled: true);

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await fixture.Executor.ExecuteAsync(OperationSafety.Idempotent, dependency.CallAsync, cancelled)
        );

        Assert.Equal(cancelled, thrown.CancellationToken);
        Assert.Equal(0, dependency.Calls);
    }

    [Fact]
    public async Task An_exception_thrown_before_a_task_is_returned_is_a_failure_like_any_other()
    {
        var fixture = new ExecutorFixture();
        var calls = 0;

        var result = await fixture.FinishAsync(
            fixture.Executor.ExecuteAsync(
                OperationSafety.Idempotent,
                _ => ++calls == 1 ? throw Ambiguous : new ValueTask<int>(calls),
                TestContext.Current.CancellationToken
            )
        );

        Assert.Equal(2, result);
        Assert.Equal([TimeSpan.FromSeconds(1)], fixture.Waits);
    }

    [Fact]
    public async Task An_operation_without_a_result_is_retried_just_so()
    {
        var fixture = new ExecutorFixture(options => options.TotalTimeout = null);
        var calls = 0;

        async Task<int> RunAsync()
        {
            await fixture.Executor.ExecuteAsync(
                OperationSafety.Idempotent,
                async _ =>
                {
                    await Task.Yield();
                    if (++calls < 3)
                        throw Ambiguous;
                },
                TestContext.Current.CancellationToken
            );
            return calls;
        }

        Assert.Equal(3, await fixture.FinishAsync(new ValueTask<int>(RunAsync())));
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], fixture.Waits);
    }

    [Fact]
    public async Task A_classifier_that_throws_disturbs_neither_the_outcome_nor_the_breaker()
    {
        var fixture = new ExecutorFixture(classifier: new ThrowingClassifier());
        var dependency = new ScriptedDependency(Ambiguous);

        var thrown = await Assert.ThrowsAsync<IOException>(() => fixture.RunAsync(dependency, OperationSafety.NonIdempotent));

        Assert.Same(Ambiguous, thrown);
        Assert.Equal(1, fixture.Executor.CircuitBreaker!.GetSnapshot().ConsecutiveFailures);
        Assert.Equal("good", await fixture.RunAsync(new ScriptedDependency("good")));
    }
}
