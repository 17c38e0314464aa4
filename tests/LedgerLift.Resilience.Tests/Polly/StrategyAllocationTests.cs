// The tests take tasks apart by hand, on one thread, to count what is allocated.
#pragma warning disable CA2012, VSTHRD002
using Polly;

namespace LedgerLift.Resilience.Tests;

public sealed class StrategyAllocationTests
{
    private const int Rounds = 1_000;

    public static TheoryData<string> Pipelines => ["breaker", "retry", "both", "caller token", "nothing"];

    [Theory]
    [MemberData(nameof(Pipelines))]
    public void A_call_that_completes_at_once_allocates_nothing(string what)
    {
        var pipeline = Build(what);
        var context = ResilienceContextPool.Shared.Get(TestContext.Current.CancellationToken);

        var allocated = Measure(() =>
        {
            var pending = pipeline.ExecuteOutcomeAsync(static (_, state) => Outcome.FromResultAsValueTask(state), context, 5);
            Assert.True(pending.IsCompletedSuccessfully);
        });

        Assert.Equal(0, allocated);
        ResilienceContextPool.Shared.Return(context);
    }

    [Theory]
    [MemberData(nameof(Pipelines))]
    public void A_suspended_call_allocates_nothing_of_its_own(string what)
    {
        var pipeline = Build(what);
        var dependency = new ReusableOutcome();
        var context = ResilienceContextPool.Shared.Get(TestContext.Current.CancellationToken);

        var allocated = Measure(() =>
        {
            var pending = pipeline.ExecuteOutcomeAsync(static (_, state) => state.StartAsync(), context, dependency);
            Assert.False(pending.IsCompleted);
            dependency.Answer(5);
            Assert.True(pending.GetAwaiter().GetResult().Result == 5);
        });

        Assert.Equal(0, allocated);
        ResilienceContextPool.Shared.Return(context);
    }

    private static ResiliencePipeline Build(string what)
    {
        var builder = new ResiliencePipelineBuilder();
        var breaker = new CircuitBreaker("allocations");
        return what switch
        {
            "breaker" => builder.AddLedgerLiftCircuitBreaker(breaker).Build(),
            "retry" => builder.AddLedgerLiftRetry(budget: new RetryBudget()).Build(),
            "both" => builder.AddLedgerLiftRetry(budget: new RetryBudget()).AddLedgerLiftCircuitBreaker(breaker).Build(),
            "caller token" => builder.AddCallerToken().Build(),
            _ => builder.Build(),
        };
    }

    private static long Measure(Action round) => LeastAllocated.Bytes(round, Rounds);
}
