// The tests take tasks apart by hand, on one thread, to count what is allocated.
#pragma warning disable CA2012, S5034, VSTHRD002
namespace LedgerLift.Resilience.Tests;

public sealed class ResilienceExecutorAllocationTests
{
    private const int Rounds = 1_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_call_that_completes_at_once_allocates_nothing(bool timeouts)
    {
        var executor = Create(timeouts);
        using var caller = new CancellationTokenSource();

        var allocated = Measure(() =>
        {
            var pending = executor.ExecuteAsync(
                OperationSafety.Idempotent,
                41,
                static (state, _) => new ValueTask<int>(state + 1),
                caller.Token
            );
            Assert.True(pending.IsCompletedSuccessfully);
        });

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void An_operation_without_a_state_or_a_result_allocates_nothing()
    {
        var executor = Create(timeouts: false);

        Assert.Equal(0, Measure(() => Complete(executor.ExecuteAsync(OperationSafety.Idempotent, static _ => ValueTask.CompletedTask))));
        Assert.Equal(
            0,
            Measure(() => _ = executor.ExecuteAsync(OperationSafety.Idempotent, static _ => new ValueTask<int>(1)).IsCompleted)
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_suspended_call_allocates_nothing_of_its_own(bool timeouts)
    {
        var executor = Create(timeouts);
        var dependency = new ReusableDependency();

        var allocated = Measure(() =>
        {
            var pending = executor.ExecuteAsync(OperationSafety.Idempotent, dependency, static (state, _) => state.StartAsync());
            Assert.False(pending.IsCompleted);
            dependency.Answer(5);
            Assert.True(pending.GetAwaiter().GetResult() == 5);
        });

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void A_suspended_call_without_a_result_allocates_nothing_of_its_own()
    {
        var executor = Create(timeouts: false);
        var dependency = new ReusableDependency();
        Func<CancellationToken, ValueTask> operation = _ => dependency.StartWithoutResultAsync();

        var allocated = Measure(() =>
        {
            var pending = executor.ExecuteAsync(OperationSafety.Idempotent, operation);
            dependency.Answer(5);
            pending.GetAwaiter().GetResult();
        });

        Assert.Equal(0, allocated);
    }

    private static ResilienceExecutor Create(bool timeouts) =>
        new(
            "allocations",
            new ResiliencePolicyOptions
            {
                TotalTimeout = timeouts ? TimeSpan.FromSeconds(30) : null,
                AttemptTimeout = timeouts ? TimeSpan.FromSeconds(10) : null,
            }
        );

    private static void Complete(ValueTask pending) => Assert.True(pending.IsCompletedSuccessfully);

    private static long Measure(Action round) => LeastAllocated.Bytes(round, Rounds);
}
