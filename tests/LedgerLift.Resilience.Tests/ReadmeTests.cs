using Polly;

namespace LedgerLift.Resilience.Tests;

/// <summary>The README's other examples, and that all of them do what the text says.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task The_first_example_runs() => Assert.Null(await Record.ExceptionAsync(ReadmeExample.RunAsync));

    [Fact]
    public void A_breaker_guards_any_call()
    {
        var answered = false;
        #region readme-breaker
        var breaker = new CircuitBreaker("printer", new CircuitBreakerOptions { FailureThreshold = 3 });

        if (breaker.TryEnter(out var permit, out var rejection))
        {
            try
            {
                Print();
                permit.Success();
            }
            catch (IOException failure)
            {
                permit.Failure(failure);
                throw;
            }
        }
        else
        {
            Console.WriteLine($"Not now; try again in {rejection.RetryAfter}.");
        }
        #endregion

        Assert.True(answered);
        void Print() => answered = true;
    }

    [Fact]
    public async Task The_strategies_stand_in_a_Polly_pipeline()
    {
        var calls = 0;
        #region readme-polly
        var breaker = new CircuitBreaker("inventory");

        var pipeline = new ResiliencePipelineBuilder()
            .AddTimeout(TimeSpan.FromSeconds(30))
            .AddLedgerLiftRetry(new RetryOptions { MaxRetries = 2, BaseDelay = TimeSpan.FromMilliseconds(1) })
            .AddLedgerLiftCircuitBreaker(breaker)
            .AddTimeout(TimeSpan.FromSeconds(5))
            .Build();

        var context = ResilienceContextPool.Shared.Get();
        context.Properties.Set(ResilienceKeys.OperationSafety, OperationSafety.Idempotent);
        var count = await pipeline.ExecuteAsync(CountAsync, context);
        ResilienceContextPool.Shared.Return(context);
        #endregion

        Assert.Equal((3, 3), (count, calls));

        ValueTask<int> CountAsync(ResilienceContext _) =>
            ++calls < 3 ? throw new IOException("the connection broke") : new ValueTask<int>(calls);
    }
}
