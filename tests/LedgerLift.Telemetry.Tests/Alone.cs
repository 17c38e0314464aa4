namespace LedgerLift.Telemetry.Tests;

/// <summary>Tests that listen to the whole process: no other test runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
