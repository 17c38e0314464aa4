namespace LedgerLift.Benchmarks;

/// <summary>The executor, the breaker and the strategies for Polly beside a bare delegate and Polly's own strategies.</summary>
internal sealed class ResilienceGroup : IBenchmarkGroup
{
    public string Name => "resilience";

    public string Notes =>
        """
            Needs no server. Ours are the objects that `AddLedgerLiftResilience` registers, with a listener on their meter. Polly.Core 8.9.1 is called with
            static delegates and a state, both ways it offers (`ExecuteOutcomeAsync` with one context kept for all calls), and with nobody listening, which
            favours Polly: its metrics live in a package of their own. A goal against Polly is judged by the faster of its two ways.

            Inside Polly, what our container resolves stands beside a pipeline of Polly's registry, which is what Polly's registration resolves, and strategies
            on a builder beside Polly's on a builder; both sides are called the same way there. "Suspended" goes on on the same thread, so that every byte is
            counted. For rows of threads, ns is the time between two calls of all threads together.

            The storm is a simulation of 1 000 clients in simulated time around the real objects. Its five minutes are five times the recovery time of both
            breakers, so both try again just as the dependency is back.

            ![Calls a second at a dependency that is dead for five minutes](../../docs/images/storm.svg)
            """;

    public async Task RunAsync(BenchmarkRun run)
    {
        await using var calls = new ResilienceCallsPart(new Work());
        await calls.CompletedAsync(run);
        await calls.SuspendedAsync(run);
        await calls.RejectedAsync(run);
        await calls.ThreadsAsync(run);
        await StormPart.RunAsync(run);
    }
}
