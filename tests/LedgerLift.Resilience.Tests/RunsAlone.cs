namespace LedgerLift.Resilience.Tests;

/// <summary>For tests that measure the process or keep every core busy: after all others, one at a time.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
