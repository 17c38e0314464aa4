namespace LedgerLift.Benchmarks;

/// <summary>One object called from several threads at once.</summary>
/// <param name="Name">What is called.</param>
/// <param name="CallsOf">What a thread, known by its number, repeats; each may own a context around the shared object.</param>
internal sealed record ThreadedScenario(string Name, Func<int, Scenario> CallsOf);
