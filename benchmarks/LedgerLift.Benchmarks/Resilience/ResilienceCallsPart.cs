using LedgerLift.Resilience;
using Polly;

namespace LedgerLift.Benchmarks;

/// <summary>What a call costs that ends at once, that suspends, that is rejected, and that shares its breaker with another thread.</summary>
internal sealed class ResilienceCallsPart : IAsyncDisposable
{
    private const string Bare = "bare delegate";
    private const string TryEnter = "LedgerLift breaker, TryEnter";

    private readonly Work _work;
    private readonly LedgerLiftPolicies _policies = new();
    private readonly LedgerLiftCalls _ours;
    private readonly LedgerLiftCalls _oursWithTimeouts;
    private readonly PollyCalls _oursInPolly;
    private readonly PollyCalls _oursOnBuilder;
    private readonly CircuitBreaker _breakerAlone;
    private readonly CircuitBreaker _isolated;
    private readonly PollyCalls _empty;
    private readonly PollyCalls _breaker;
    private readonly PollyCalls _retry;
    private readonly PollyCalls _polly;
    private readonly PollyCalls _pollyOfRegistry;
    private readonly PollyCalls _pollyWithTimeouts;

    public ResilienceCallsPart(Work work)
    {
        _work = work;
        _ours = new("LedgerLift retry+budget+breaker", _policies.RetryAndBreaker, work);
        _oursWithTimeouts = new("LedgerLift timeout+retry+budget+breaker+timeout", _policies.WithTimeouts, work);
        _oursInPolly = new("LedgerLift retry+budget+breaker in Polly", _policies.InPolly, work);
        _oursOnBuilder = new("LedgerLift retry+budget+breaker on a Polly builder", _policies.OnBuilder, work);
        _breakerAlone = _policies.Breaker;
        _isolated = _policies.IsolatedBreaker;
        _empty = new("Polly empty", ResiliencePipeline.Empty, work);
        _breaker = new("Polly breaker", PollyPipelines.Breaker(), work);
        _retry = new("Polly retry", PollyPipelines.Retry(), work);
        _polly = new("Polly retry+breaker", PollyPipelines.RetryAndBreaker(), work);
        _pollyOfRegistry = new("Polly retry+breaker of a registry", PollyPipelines.OfRegistry(), work);
        _pollyWithTimeouts = new("Polly timeout+retry+breaker+timeout", PollyPipelines.WithTimeouts(), work);
    }

    public async Task CompletedAsync(BenchmarkRun run)
    {
        var calls = await run.CompareAsync(
            "Completed at once",
            [
                BareCall(),
                Scenario.Call(TryEnter, Enter),
                _ours.Completed(),
                _oursWithTimeouts.Completed(),
                .. _oursInPolly.Completed(),
                .. _oursOnBuilder.Completed(),
                .. _empty.Completed(),
                .. _breaker.Completed(),
                .. _retry.Completed(),
                .. _polly.Completed(),
                .. _pollyOfRegistry.Completed(),
                .. _pollyWithTimeouts.Completed(),
            ]
        );
        var polly = calls.Fastest(_polly.ByExecute, _polly.ByOutcome);
        var pollyWithTimeouts = calls.Fastest(_pollyWithTimeouts.ByExecute, _pollyWithTimeouts.ByOutcome);

        run.Figure("resilience.direct_ratio", calls.Ratio(_ours.Name, polly).Median, "x", Goal.AtMost(0.1));
        run.Figure("resilience.direct_overhead_ns", calls.Overhead(_ours.Name, Bare).Median, "ns", Goal.AtMost(25));
        run.Figure("resilience.direct_alloc", calls.Bytes(_ours.Name).Median, "B", Goal.AtMost(0));
        run.Figure("resilience.timeouts_ratio", calls.Ratio(_oursWithTimeouts.Name, pollyWithTimeouts).Median, "x", Goal.AtMost(0.5));
        run.Figure("resilience.timeouts_alloc", calls.Bytes(_oursWithTimeouts.Name).Median, "B", Goal.AtMost(0));
        InPolly(run, calls);
    }

    public async Task SuspendedAsync(BenchmarkRun run)
    {
        var calls = await run.CompareAsync(
            "Suspended once",
            [
                Scenario.Call(Bare, () => _work.Resume(Work.Suspended(_work, CancellationToken.None))),
                _ours.Suspended(),
                _oursWithTimeouts.Suspended(),
                .. _oursInPolly.Suspended(),
                .. _empty.Suspended(),
                .. _breaker.Suspended(),
                .. _retry.Suspended(),
                .. _polly.Suspended(),
                .. _pollyWithTimeouts.Suspended(),
            ]
        );

        run.Figure("resilience.suspended_alloc", calls.ExtraBytes(_ours.Name, Bare).Median, "B", Goal.AtMost(0));
        run.Figure("resilience.suspended_timeouts_alloc", calls.ExtraBytes(_oursWithTimeouts.Name, Bare).Median, "B", Goal.AtMost(0));
        run.Figure("resilience.suspended_alloc_polly", calls.ExtraBytes(_polly.ByOutcome, Bare).Median, "B", Goal.LowerIsBetter);
    }

    public async Task RejectedAsync(BenchmarkRun run)
    {
        var polly = new PollyCalls("Polly breaker", await PollyPipelines.IsolatedBreakerAsync(), _work);
        var ours = new LedgerLiftCalls("LedgerLift executor", _policies.IsolatedExecutor, _work);
        var calls = await run.CompareAsync("Rejected", [Scenario.Call(TryEnter, Refuse), ours.Rejected(), .. polly.Rejected()]);

        run.Figure("resilience.reject_alloc", calls.Bytes(TryEnter).Median, "B", Goal.AtMost(0));
    }

    public async Task ThreadsAsync(BenchmarkRun run)
    {
        var calls = await run.CompareThreadsAsync(
            "Threads on one breaker",
            [1, 2],
            [new ThreadedScenario(Bare, _ => BareCall()), _ours.Threaded(), .. _breaker.Threaded(), .. _polly.Threaded()]
        );

        run.Figure("resilience.threads_scaling", Scaling(calls, _ours.Name), "x", Goal.AtLeast(1.7));
        // What the machine gives two threads that share nothing they write to.
        run.Figure("resilience.threads_scaling_bare", Scaling(calls, Bare), "x", Goal.HigherIsBetter);
        run.Figure("resilience.threads_scaling_polly", Scaling(calls, _polly.ByOutcome), "x", Goal.HigherIsBetter);
        run.Figure("resilience.threads_scaling_polly_execute", Scaling(calls, _polly.ByExecute), "x", Goal.HigherIsBetter);
    }

    public ValueTask DisposeAsync() => _policies.DisposeAsync();

    // Like with like: what a container resolves on both sides, what a builder gives on both sides, and the same way of calling.
    private void InPolly(BenchmarkRun run, Comparison calls)
    {
        var (resolved, built) = (_oursInPolly, _oursOnBuilder);
        run.Figure("resilience.in_polly_ratio", calls.Ratio(resolved.ByOutcome, _pollyOfRegistry.ByOutcome).Median, "x", Goal.AtMost(0.25));
        run.Figure("resilience.on_builder_ratio", calls.Ratio(built.ByOutcome, _polly.ByOutcome).Median, "x", Goal.AtMost(0.25));
        run.Figure(
            "resilience.in_polly_ratio_execute",
            calls.Ratio(resolved.ByExecute, _pollyOfRegistry.ByExecute).Median,
            "x",
            Goal.LowerIsBetter
        );
        run.Figure("resilience.on_builder_ratio_execute", calls.Ratio(built.ByExecute, _polly.ByExecute).Median, "x", Goal.LowerIsBetter);
        run.Figure(
            "resilience.in_polly_to_builder_ratio",
            calls.Ratio(resolved.ByOutcome, _polly.ByOutcome).Median,
            "x",
            Goal.LowerIsBetter
        );
    }

    private static double Scaling(Comparison calls, string scenario) =>
        calls.Ratio(ThroughputHarness.RowName(scenario, 1), ThroughputHarness.RowName(scenario, 2)).Median;

    private Scenario BareCall() => Scenario.Completed(Bare, () => Work.Completed(_work, CancellationToken.None));

    private string Enter()
    {
        if (!_breakerAlone.TryEnter(out var permit))
            throw new InvalidOperationException("The call was rejected.");

        permit.Success();
        return _work.Answer;
    }

    private BreakerState Refuse() =>
        _isolated.TryEnter(out _, out var rejection) ? throw new InvalidOperationException("The call was not rejected.") : rejection.State;
}
