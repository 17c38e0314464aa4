namespace LedgerLift.Resilience.Tests;

/// <summary>Several executors of one dependency.</summary>
public sealed class ResilienceExecutorSharingTests
{
    private static readonly ResiliencePolicyOptions Once = new()
    {
        Retry = { MaxRetries = 0 },
        CircuitBreaker = new() { FailureThreshold = 2 },
    };

    [Fact]
    public async Task An_executor_that_shares_counts_its_failures_on_the_breaker_of_the_other()
    {
        var owner = new ResilienceExecutor("shared", Once);
        var sharing = Sharing(owner);

        await FailAsync(owner);
        await FailAsync(sharing);

        Assert.Same(owner.CircuitBreaker, sharing.CircuitBreaker);
        Assert.Same(owner.Budget, sharing.Budget);
        Assert.Equal(BreakerState.Open, owner.CircuitBreaker!.State);
        await Assert.ThrowsAsync<CircuitOpenException>(() =>
            owner.ExecuteAsync(OperationSafety.Idempotent, _ => ValueTask.FromResult(1), TestContext.Current.CancellationToken).AsTask()
        );
    }

    [Fact]
    public void An_executor_that_shares_checks_its_options_and_arguments()
    {
        var owner = new ResilienceExecutor("shared", Once);
        var faulty = new ResiliencePolicyOptions { Retry = { Jitter = 2 } };

        Assert.Throws<ArgumentException>(() =>
            new ResilienceExecutor("shared", faulty, DefaultFailureClassifier.Instance, TimeProvider.System, owner)
        );
        Assert.Throws<ArgumentNullException>(
            "sharedWith",
            () => new ResilienceExecutor("shared", Once, DefaultFailureClassifier.Instance, TimeProvider.System, null!)
        );
        Assert.Equal(["Retry.Jitter must be from 0 to 1, but is 2."], faulty.FindFaults());
        Assert.Empty(Once.FindFaults());
    }

    private static ResilienceExecutor Sharing(ResilienceExecutor owner) =>
        new("shared", Once, DefaultFailureClassifier.Instance, TimeProvider.System, owner);

    private static Task<IOException> FailAsync(ResilienceExecutor executor) =>
        Assert.ThrowsAsync<IOException>(() =>
            executor
                .ExecuteAsync<int>(
                    OperationSafety.NonIdempotent,
                    _ => ValueTask.FromException<int>(new IOException("gone")),
                    TestContext.Current.CancellationToken
                )
                .AsTask()
        );
}
