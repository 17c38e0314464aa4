using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Polly;

namespace LedgerLift.Resilience.Tests;

public sealed class PolicyPipelineTests
{
    private static readonly Func<ResilienceContext, string, ValueTask<Outcome<string>>> Answer = static (_, answer) =>
        Outcome.FromResultAsValueTask(answer);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_callback_sees_the_callers_context()
    {
        await using var services = new ServiceCollection().AddLedgerLiftResilience("store").BuildServiceProvider();
        var context = ResilienceContextPool.Shared.Get("read", continueOnCapturedContext: true, Token);

        var answer = await services
            .GetRequiredKeyedService<ResiliencePipeline>("store")
            .ExecuteAsync(
                inside =>
                {
                    Assert.Same(context, inside);
                    Assert.Equal(("read", true), (inside.OperationKey, inside.ContinueOnCapturedContext));
                    return new ValueTask<int>(5);
                },
                context
            );

        Assert.Equal(5, answer);
        ResilienceContextPool.Shared.Return(context);
    }

    [Fact]
    public async Task Synchronous_calls_are_protected_too()
    {
        await using var services = new ServiceCollection()
            .AddLedgerLiftResilience("store", o => (o.CircuitBreaker!.FailureThreshold, o.Retry.MaxRetries) = (1, 0))
            .BuildServiceProvider();
        var pipeline = services.GetRequiredKeyedService<ResiliencePipeline>("store");

        Assert.Equal(5, pipeline.Execute(static () => 5));
        Assert.Throws<IOException>(() => pipeline.Execute(static () => throw new IOException("down")));

        Assert.Throws<CircuitOpenException>(() => pipeline.Execute(static () => 5));
    }

    [Fact]
    public async Task After_a_change_of_the_options_a_transition_by_hand_is_reported_once()
    {
        var recorder = new PollyRecorder();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
        await using var services = new ServiceCollection()
            .AddTransient(_ => recorder.Listened())
            .AddLedgerLiftResilience("store", configuration)
            .BuildServiceProvider();
        _ = services.GetRequiredKeyedService<ResiliencePipeline>("store");

        configuration["Retry:MaxRetries"] = "1";
        configuration.Reload();
        services.GetRequiredKeyedService<CircuitBreaker>("store").Isolate();

        Assert.Equal("OnCircuitOpened", Assert.Single(recorder.Names));
    }

    [Fact]
    public async Task A_call_that_completes_at_once_allocates_nothing()
    {
        await using var services = new ServiceCollection()
            .AddLedgerLiftResilience("store", o => o.TotalTimeout = null)
            .BuildServiceProvider();
        var pipeline = services.GetRequiredKeyedService<ResiliencePipeline>("store");
        var context = ResilienceContextPool.Shared.Get(Token);

        Assert.Equal(0, LeastAllocated.Bytes(() => Repeat(pipeline, context, 1), 1000));
        ResilienceContextPool.Shared.Return(context);
    }

    private static void Repeat(ResiliencePipeline pipeline, ResilienceContext context, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var call = pipeline.ExecuteOutcomeAsync(Answer, context, "answer");
            Assert.True(call.IsCompletedSuccessfully);
        }
    }
}
