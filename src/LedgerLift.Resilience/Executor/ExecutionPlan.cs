namespace LedgerLift.Resilience;

/// <summary>The options as the executor uses them: an immutable copy, replaced as a whole when they change.</summary>
internal sealed class ExecutionPlan(ResiliencePolicyOptions options)
{
    internal RetryOptions Retry { get; } = options.Retry.Copy();

    internal TimeSpan? AttemptTimeout { get; } = options.AttemptTimeout;

    internal TimeSpan? TotalTimeout { get; } = options.TotalTimeout;

    internal bool RetryOpenCircuit { get; } = options.RetryOpenCircuit;

    internal bool HasTimeout { get; } = options.AttemptTimeout is not null || options.TotalTimeout is not null;
}
