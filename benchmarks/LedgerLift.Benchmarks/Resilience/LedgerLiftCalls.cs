using LedgerLift.Resilience;

namespace LedgerLift.Benchmarks;

/// <summary>An executor called with a state instead of a closure, as Polly's rows are.</summary>
internal sealed class LedgerLiftCalls(string name, ResilienceExecutor executor, Work work)
{
    public string Name => name;

    public Scenario Completed() => Scenario.Completed(name, () => executor.ExecuteAsync(OperationSafety.Idempotent, work, Work.Completed));

    public Scenario Suspended() =>
        Scenario.Call(name, () => work.Resume(executor.ExecuteAsync(OperationSafety.Idempotent, work, Work.Suspended)));

    public Scenario Rejected() => Scenario.Call($"{name}, thrown", Thrown);

    public ThreadedScenario Threaded() => new(name, _ => Completed());

    private Exception Thrown()
    {
        try
        {
            executor.ExecuteAsync(OperationSafety.Idempotent, work, Work.Completed).Take();
        }
        catch (CircuitOpenException rejection)
        {
            return rejection;
        }

        throw new InvalidOperationException("The call was not rejected.");
    }
}
