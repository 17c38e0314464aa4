using Polly;

namespace LedgerLift.Benchmarks;

/// <summary>The executor, the breaker and the strategies for Polly beside a bare delegate and Polly's own strategies.</summary>
internal sealed class ResilienceGroup : IBenchmarkGroup
{
    private const string Direct = "bare delegate";

    private readonly Work _work = new();

    public string Name => "resilience";

    public string Notes =>
        "Needs no server. Polly.Core 8.9.1 is called with static delegates and a state, both ways it offers; no telemetry listens to it.";

    public async Task RunAsync(BenchmarkRun run)
    {
        var empty = Polly("Polly empty", ResiliencePipeline.Empty);
        var breaker = Polly("Polly breaker", PollyPipelines.Breaker());
        var retry = Polly("Polly retry", PollyPipelines.Retry());
        var both = Polly("Polly retry+breaker", PollyPipelines.RetryAndBreaker());
        var timeouts = Polly("Polly timeout+retry+breaker+timeout", PollyPipelines.WithTimeouts());
        var isolated = Polly("Polly breaker", await PollyPipelines.IsolatedBreakerAsync());

        await run.CompareAsync(
            "Completed at once",
            [
                Scenario.Completed(Direct, () => Work.Completed(_work, CancellationToken.None)),
                .. empty.Completed(),
                .. breaker.Completed(),
                .. retry.Completed(),
                .. both.Completed(),
                .. timeouts.Completed(),
            ]
        );
        await run.CompareAsync(
            "Suspended once",
            [
                Scenario.Call(Direct, () => _work.Resume(Work.Suspended(_work, CancellationToken.None))),
                .. empty.Suspended(),
                .. breaker.Suspended(),
                .. retry.Suspended(),
                .. both.Suspended(),
                .. timeouts.Suspended(),
            ]
        );
        await run.CompareAsync("Rejected", isolated.Rejected());
        await run.CompareThreadsAsync("Threads on one object", [1, 2], [.. breaker.Threaded(), .. both.Threaded()]);
    }

    private PollyCalls Polly(string name, ResiliencePipeline pipeline) => new(name, pipeline, _work);
}
