namespace LedgerLift.Benchmarks;

/// <summary>How thoroughly a run measures.</summary>
internal enum BenchmarkMode
{
    /// <summary>Every scenario once, to see that it works: no figures, no result files.</summary>
    Dry,

    /// <summary>Twelve short rounds: a group ends within four minutes.</summary>
    Quick,

    /// <summary>Thirty longer rounds.</summary>
    Full,
}
