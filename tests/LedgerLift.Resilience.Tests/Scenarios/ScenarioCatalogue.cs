namespace LedgerLift.Resilience.Tests;

/// <summary>Every scenario and every contender. Both are made anew each time: a scenario's bugs happen once.</summary>
internal static class ScenarioCatalogue
{
    internal static IReadOnlyList<Scenario> All => [.. BreakerScenarios.All, .. TroubleScenarios.All, .. RetryScenarios.All];

    internal static Contender Polly(ScenarioSetup setup) => new PollyContender(setup);

    internal static Contender Pipeline(ScenarioSetup setup) => new PipelineContender(setup);

    internal static Contender Executor(ScenarioSetup setup) => new ExecutorContender(setup);

    /// <summary>Plays one scenario and says what was seen and whether that is what was promised.</summary>
    internal static async Task<(string Seen, bool Holds)> PlayAsync(int number, Func<ScenarioSetup, Contender> create)
    {
        var scenario = All[number];
        ScenarioChance.Restart();
        var seen = await scenario.Play(create(scenario.Setup));
        return (seen, scenario.Holds(seen));
    }
}
