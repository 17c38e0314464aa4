namespace LedgerLift.Data.Tests;

/// <summary>One way to write a transfer in one transaction that is repeated when it fails for a passing reason.</summary>
internal interface ITransfers
{
    /// <summary>The name in the table of results.</summary>
    string Name { get; }

    /// <summary>Runs the statements in one transaction and commits it; throws when it cannot.</summary>
    Task WriteAsync(IReadOnlyList<string> statements);
}
