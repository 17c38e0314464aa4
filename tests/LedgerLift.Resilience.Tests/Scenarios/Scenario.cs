namespace LedgerLift.Resilience.Tests;

/// <summary>Something that happens to a service, told without naming a library, and what has to come of it.</summary>
/// <param name="Story">What happens.</param>
/// <param name="Promise">What must be seen at the end.</param>
/// <param name="Setup">How every contender is set up, each as near to it as it can get.</param>
/// <param name="Play">Plays it and says what was seen.</param>
internal sealed record Scenario(string Story, string Promise, ScenarioSetup Setup, Func<Contender, Task<string>> Play)
{
    /// <summary>Whether what was seen is what was promised; the same words, unless told otherwise.</summary>
    internal Func<string, bool> Holds { get; init; } = seen => string.Equals(seen, Promise, StringComparison.Ordinal);

    public override string ToString() => Story;
}
