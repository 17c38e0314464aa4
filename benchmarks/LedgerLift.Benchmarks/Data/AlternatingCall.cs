namespace LedgerLift.Benchmarks;

/// <summary>One of several calls that take turns.</summary>
/// <param name="Name">The scenario's name.</param>
/// <param name="Call">What is called; its result is thrown away.</param>
internal sealed record AlternatingCall(string Name, Func<ValueTask<int>> Call);
