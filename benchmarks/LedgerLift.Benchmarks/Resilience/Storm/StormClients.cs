namespace LedgerLift.Benchmarks;

/// <summary>Clients under one protection.</summary>
/// <param name="Name">Who they are.</param>
/// <param name="Protect">Given the simulated clock, how a client sends a request through the protection that all share.</param>
internal sealed record StormClients(string Name, Func<TimeProvider, Func<StormDependency, ValueTask<string>>> Protect);
