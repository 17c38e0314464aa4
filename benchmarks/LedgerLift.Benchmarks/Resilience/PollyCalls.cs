using Polly;
using Polly.CircuitBreaker;

namespace LedgerLift.Benchmarks;

/// <summary>
/// A pipeline called in the two ways that cost least: <c>ExecuteAsync</c> with a state, as most write it, and <c>ExecuteOutcomeAsync</c> with a context that is
/// kept from call to call, which is the fastest Polly has. Whatever stands in the pipeline, ours or Polly's, is called the same way.
/// </summary>
internal sealed class PollyCalls(string name, ResiliencePipeline pipeline, Work work)
{
    private static readonly Func<ResilienceContext, Work, ValueTask<Outcome<string>>> CompletedOutcome = static (_, work) =>
        Outcome.FromResultAsValueTask(work.Answer);

    private static readonly Func<ResilienceContext, Work, ValueTask<Outcome<string>>> SuspendedOutcome = static async (context, work) =>
        Outcome.FromResult(await Work.SuspendedAnswer(work).ConfigureAwait(context.ContinueOnCapturedContext));

    private readonly ResilienceContext _context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false);

    public string ByExecute { get; } = $"{name}, ExecuteAsync";

    public string ByOutcome { get; } = $"{name}, ExecuteOutcomeAsync";

    public Scenario[] Completed() => [CompletedByExecute(), CompletedByOutcome(_context)];

    public Scenario[] Suspended() =>
        [
            Scenario.Call(ByExecute, () => work.Resume(pipeline.ExecuteAsync(Work.Suspended, work, CancellationToken.None))),
            Scenario.Call(ByOutcome, () => work.Resume(pipeline.ExecuteOutcomeAsync(SuspendedOutcome, _context, work)).Result),
        ];

    public Scenario[] Rejected() =>
        [
            Scenario.Call($"{ByExecute}, thrown", Thrown),
            Scenario.Call(ByOutcome, () => Refused(pipeline.ExecuteOutcomeAsync(CompletedOutcome, _context, work))),
        ];

    public ThreadedScenario[] Threaded() =>
        [new(ByExecute, _ => CompletedByExecute()), new(ByOutcome, _ => CompletedByOutcome(PaddedContext()))];

    private Scenario CompletedByExecute() =>
        Scenario.Completed(ByExecute, () => pipeline.ExecuteAsync(Work.Completed, work, CancellationToken.None));

    private Scenario CompletedByOutcome(ResilienceContext context) =>
        Scenario.Call(ByOutcome, () => pipeline.ExecuteOutcomeAsync(CompletedOutcome, context, work).Take().Result);

    private Exception Thrown()
    {
        try
        {
            pipeline.ExecuteAsync(Work.Completed, work, CancellationToken.None).Take();
        }
        catch (BrokenCircuitException rejection)
        {
            return rejection;
        }

        throw NotRejected();
    }

    private static Exception Refused(ValueTask<Outcome<string>> call) =>
        call.Take().Exception as BrokenCircuitException ?? throw NotRejected();

    private static InvalidOperationException NotRejected() => new("The call was not rejected.");

    // Contexts that lie side by side in memory would share a cache line, which every call writes to.
    private static ResilienceContext PaddedContext()
    {
        GC.KeepAlive(new byte[256]);
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false);
        GC.KeepAlive(new byte[256]);
        return context;
    }
}
