namespace LedgerLift.Benchmarks.Tests;

/// <summary>Tests that measure run alone: allocation is counted over the whole process.</summary>
[CollectionDefinition(nameof(MeasuringCollection), DisableParallelization = true)]
public sealed class MeasuringCollection;
