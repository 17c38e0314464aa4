namespace LedgerLift.Resilience.Tests;

public sealed class ResilienceExecutorCircuitTests
{
    private static readonly IOException Failure = new("the connection broke");

    [Fact]
    public async Task Each_attempt_is_one_call_of_the_breaker()
    {
        var fixture = new ExecutorFixture(options => options.Retry.MaxRetries = 2);

        await Assert.ThrowsAsync<IOException>(() => fixture.RunAsync(new ScriptedDependency(Failure)));

        Assert.Equal(3, fixture.Executor.CircuitBreaker!.GetSnapshot().ConsecutiveFailures);
    }

    [Fact]
    public async Task A_circuit_that_opens_ends_the_call_at_once_with_the_real_failure()
    {
        var fixture = new ExecutorFixture(options => options.CircuitBreaker!.FailureThreshold = 2);
        var dependency = new ScriptedDependency(Failure);

        var thrown = await Assert.ThrowsAsync<IOException>(() => fixture.RunAsync(dependency));

        Assert.Same(Failure, thrown);
        Assert.Equal(2, dependency.Calls);
        Assert.Equal([TimeSpan.FromSeconds(1)], fixture.Waits);
    }

    [Fact]
    public async Task An_open_circuit_refuses_without_a_call_or_a_wait_and_says_why()
    {
        var fixture = new ExecutorFixture();
        fixture.Executor.CircuitBreaker!.Trip(Failure);
        fixture.Time.Advance(TimeSpan.FromSeconds(20));
        var dependency = new ScriptedDependency("good");

        var first = await Assert.ThrowsAsync<CircuitOpenException>(() => fixture.RunAsync(dependency));
        var second = await Assert.ThrowsAsync<CircuitOpenException>(() => fixture.RunAsync(dependency));

        Assert.Equal(0, dependency.Calls);
        Assert.Empty(fixture.Waits);
        Assert.NotSame(first, second);
        Assert.Equal(("test", BreakerState.Open, TimeSpan.FromSeconds(40)), (first.BreakerName, first.State, first.RetryAfter!.Value));
        Assert.Same(Failure, first.InnerException);
    }

    [Fact]
    public async Task A_policy_that_waits_for_the_circuit_makes_the_call_when_it_admits_a_probe()
    {
        var fixture = new ExecutorFixture(WaitForCircuit);
        fixture.Executor.CircuitBreaker!.Trip(Failure);

        var result = await fixture.RunAsync(new ScriptedDependency("good"));

        Assert.Equal("good", result);
        Assert.Equal([TimeSpan.FromSeconds(60)], fixture.Waits);
    }

    [Fact]
    public async Task A_wait_for_the_circuit_is_rounded_up_to_what_a_timer_can_count()
    {
        var fixture = new ExecutorFixture(WaitForCircuit);
        fixture.Executor.CircuitBreaker!.Trip(Failure);
        fixture.Time.Advance(TimeSpan.FromMilliseconds(0.3));

        var result = await fixture.RunAsync(new ScriptedDependency("good"));

        // 59.9997 s are left. A wait of 59.999 s would end in a second refusal and a second wait.
        Assert.Equal("good", result);
        Assert.Equal([TimeSpan.FromSeconds(60)], fixture.Waits);
    }

    [Fact]
    public async Task A_policy_that_waits_for_the_circuit_does_not_wait_past_the_deadline()
    {
        var fixture = new ExecutorFixture(options =>
        {
            WaitForCircuit(options);
            options.TotalTimeout = TimeSpan.FromSeconds(60);
        });
        fixture.Executor.CircuitBreaker!.Trip(Failure);

        await Assert.ThrowsAsync<CircuitOpenException>(() => fixture.RunAsync(new ScriptedDependency("good")));

        Assert.Empty(fixture.Waits);
    }

    [Fact]
    public async Task No_policy_waits_for_an_isolated_circuit()
    {
        var fixture = new ExecutorFixture(WaitForCircuit);
        fixture.Executor.CircuitBreaker!.Isolate();

        var thrown = await Assert.ThrowsAsync<CircuitOpenException>(() => fixture.RunAsync(new ScriptedDependency("good")));

        Assert.Null(thrown.RetryAfter);
        Assert.Empty(fixture.Waits);
    }

    [Fact]
    public async Task An_open_circuit_further_down_is_not_retried_either()
    {
        var inner = new CircuitBreaker("inner", timeProvider: null);
        inner.Trip();
        inner.TryEnter(out BreakerPermit _, out var rejection);
        var fixture = new ExecutorFixture();
        var dependency = new ScriptedDependency(CircuitOpenException.From("inner", rejection));

        await Assert.ThrowsAsync<CircuitOpenException>(() => fixture.RunAsync(dependency));

        Assert.Equal(1, dependency.Calls);
    }

    [Theory]
    [InlineData(FailureDisposition.NotExecuted, 1)]
    [InlineData(FailureDisposition.Throttled, 1)]
    [InlineData(FailureDisposition.Ambiguous, 1)]
    [InlineData(FailureDisposition.Permanent, 0)]
    [InlineData(FailureDisposition.Ignore, 0)]
    public async Task Only_failures_of_the_dependency_count(FailureDisposition disposition, int counted)
    {
        var fixture = new ExecutorFixture(options => options.Retry.MaxRetries = 0, new FixedClassifier(disposition));

        await Assert.ThrowsAsync<IOException>(() => fixture.RunAsync(new ScriptedDependency(Failure)));

        Assert.Equal(counted, fixture.Executor.CircuitBreaker!.GetSnapshot().ConsecutiveFailures);
    }

    [Fact]
    public async Task A_permanent_failure_resets_the_count_and_an_ignored_one_leaves_it()
    {
        var fixture = new ExecutorFixture(options => options.Retry.MaxRetries = 0);
        await Assert.ThrowsAsync<IOException>(() => fixture.RunAsync(new ScriptedDependency(Failure)));

        await Assert.ThrowsAsync<ArgumentException>(() => fixture.RunAsync(new ScriptedDependency(new ArgumentException("x"))));
        Assert.Equal(1, fixture.Executor.CircuitBreaker!.GetSnapshot().ConsecutiveFailures);

        await Assert.ThrowsAsync<NotSupportedException>(() => fixture.RunAsync(new ScriptedDependency(new NotSupportedException("x"))));
        Assert.Equal(0, fixture.Executor.CircuitBreaker.GetSnapshot().ConsecutiveFailures);
    }

    [Fact]
    public async Task Other_settings_at_run_time_keep_the_state()
    {
        var fixture = new ExecutorFixture(options => options.Retry.MaxRetries = 0);
        await Assert.ThrowsAsync<IOException>(() => fixture.RunAsync(new ScriptedDependency(Failure)));

        fixture.Executor.Update(
            new ResiliencePolicyOptions
            {
                CircuitBreaker = new() { FailureThreshold = 2 },
                Retry = { MaxRetries = 1, JitterMode = JitterMode.None },
            }
        );
        await Assert.ThrowsAsync<IOException>(() => fixture.RunAsync(new ScriptedDependency(Failure)));

        Assert.Equal(BreakerState.Open, fixture.Executor.CircuitBreaker!.State);
    }

    private static void WaitForCircuit(ResiliencePolicyOptions options)
    {
        options.RetryOpenCircuit = true;
        options.TotalTimeout = TimeSpan.FromMinutes(2);
    }
}
