namespace LedgerLift.Benchmarks;

/// <summary>One word of <c>benchmarks/run</c>: the scenarios of a package, its peers beside them, and the figures drawn from both.</summary>
internal interface IBenchmarkGroup
{
    /// <summary>The word on the command line, and the first part of every figure's id.</summary>
    string Name { get; }

    /// <summary>What a reader of the results must know: how the peers are used, which servers are needed.</summary>
    string Notes { get; }

    /// <summary>Measures the scenarios and draws the figures, each right below the comparison it comes from.</summary>
    Task RunAsync(BenchmarkRun run);
}
