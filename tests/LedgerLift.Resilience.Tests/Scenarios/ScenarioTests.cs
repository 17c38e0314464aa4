namespace LedgerLift.Resilience.Tests;

public sealed class ScenarioTests
{
    public static TheoryData<int, string> Scenarios
    {
        get
        {
            var rows = new TheoryData<int, string>();
            foreach (var (number, scenario) in ScenarioCatalogue.All.Index())
                rows.Add(number, scenario.Story);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public Task The_executor_keeps_the_promise(int number, string story) => KeepsAsync(number, story, ScenarioCatalogue.Executor);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public Task The_strategies_in_a_Polly_pipeline_keep_the_promise(int number, string story) =>
        KeepsAsync(number, story, ScenarioCatalogue.Pipeline);

    private static async Task KeepsAsync(int number, string story, Func<ScenarioSetup, Contender> create)
    {
        var (seen, holds) = await ScenarioCatalogue.PlayAsync(number, create);

        Assert.True(holds, $"{story}: {ScenarioCatalogue.All[number].Promise} was promised, {seen} was seen.");
    }
}
