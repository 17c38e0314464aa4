namespace LedgerLift.Storage.Tests;

/// <summary>Tests that listen to the process's meter or measure its time: no other test runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
