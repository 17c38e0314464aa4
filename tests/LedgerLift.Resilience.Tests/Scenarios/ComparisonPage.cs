using System.Globalization;
using System.Reflection;
using System.Text;

namespace LedgerLift.Resilience.Tests;

/// <summary>The page that shows what every contender did, written from a real run.</summary>
internal static class ComparisonPage
{
    private const string Head = """
        # LedgerLift.Resilience and Polly, side by side

        What happens to a service, told without naming a library, and what came of it: with this package (called directly and as strategies in a Polly
        pipeline, which must both do what is promised) and with Polly's own breaker and retry, set up as near to the story as they can be. Written by a test
        that plays every scenario on a clock of its own and fails when this page says something else; the scenarios are in
        `tests/LedgerLift.Resilience.Tests/Scenarios`. To write it anew, run that project's `ComparisonPageTests` with `LEDGERLIFT_WRITE_DOCS=1`.

        Polly counts failures by their share in a window, so "5 in a row" is set up as a share of 1 in a window of 30 seconds (a day where the story says so)
        and at least 5 calls; where only a predicate of one's own would make a difference (a retry that gives up at an open circuit, a charge that must not be
        repeated), its default is shown. Its rows are no reproach: some of what they show is a choice its maintainers made on purpose.


        """;

    internal static async Task<string> WriteAsync()
    {
        var page = new StringBuilder(Head);
        page.Append(
            CultureInfo.InvariantCulture,
            $"| What happens | What must be seen | LedgerLift | Polly {PollysVersion} |\n|---|---|---|---|\n"
        );
        var (ours, theirs, all) = (0, 0, ScenarioCatalogue.All);
        foreach (var (number, scenario) in all.Index())
        {
            var direct = await ScenarioCatalogue.PlayAsync(number, ScenarioCatalogue.Executor);
            var pipeline = await ScenarioCatalogue.PlayAsync(number, ScenarioCatalogue.Pipeline);
            var polly = await ScenarioCatalogue.PlayAsync(number, ScenarioCatalogue.Polly);
            ours += direct.Holds && pipeline.Holds ? 1 : 0;
            theirs += polly.Holds ? 1 : 0;
            var own = direct.Seen == pipeline.Seen ? Cell(direct) : $"direct: {Cell(direct)}; pipeline: {Cell(pipeline)}";
            page.Append(CultureInfo.InvariantCulture, $"| {scenario.Story} | {scenario.Promise} | {own} | {Cell(polly)} |\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"\nPromises kept, of {all.Count}: LedgerLift {ours}, Polly {theirs}.\n");
        return page.ToString();
    }

    private static string PollysVersion =>
        typeof(Polly.ResiliencePipeline)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];

    private static string Cell((string Seen, bool Holds) played) => played.Holds ? $"✔ {played.Seen}" : $"✘ {played.Seen}";
}
