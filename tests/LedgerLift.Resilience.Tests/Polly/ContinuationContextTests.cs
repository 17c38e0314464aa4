using Polly;

namespace LedgerLift.Resilience.Tests;

public sealed class ContinuationContextTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Strategies_go_on_where_the_context_says(bool onCaptured)
    {
        var synchronization = new CountingSynchronizationContext();
        var builder = new ResiliencePipelineBuilder().AddCallerToken().AddLedgerLiftRetry(new RetryOptions { BaseDelay = TimeSpan.Zero });
        var pipeline = builder.AddLedgerLiftCircuitBreaker(new CircuitBreaker("context")).Build();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var context = ResilienceContextPool.Shared.Get(onCaptured, TestContext.Current.CancellationToken);
        context.Properties.Set(ResilienceKeys.OperationSafety, OperationSafety.Idempotent);
        var calls = 0;

        var previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(synchronization);
        var call = pipeline.ExecuteOutcomeAsync(CallAsync, context, 0).AsTask();
        SynchronizationContext.SetSynchronizationContext(previous);
        gate.SetResult();
        var outcome = await call;

        Assert.Equal((2, 7), (calls, outcome.Result));
        // Three strategies wait for the first attempt, and the retry for the second.
        Assert.True(onCaptured ? synchronization.Posts >= 3 : synchronization.Posts == 0, $"{synchronization.Posts} posts");

        async ValueTask<Outcome<int>> CallAsync(ResilienceContext inside, int state)
        {
            await gate.Task.ConfigureAwait(false);
            return ++calls == 1 ? Outcome.FromException<int>(new IOException("reset")) : Outcome.FromResult(7);
        }
    }
}
