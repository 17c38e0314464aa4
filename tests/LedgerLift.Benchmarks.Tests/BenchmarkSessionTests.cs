using System.Text.Json;

namespace LedgerLift.Benchmarks.Tests;

public sealed class BenchmarkSessionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ledgerlift-benchmarks-");
    private readonly StringWriter _output = new();

    [Fact]
    public async Task A_met_goal_ends_with_0_and_is_printed()
    {
        Assert.Equal(0, await RunAsync(BenchmarkMode.Quick, Judged(value: 0.5)));

        Assert.Contains("figure stub.ratio 0.5 x goal ≤ 1 met", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missed_goal_ends_with_1_and_is_listed_at_the_end()
    {
        Assert.Equal(1, await RunAsync(BenchmarkMode.Quick, Judged(value: 2)));

        Assert.EndsWith(
            $"missed: figure stub.ratio 2 x goal ≤ 1 missed{Environment.NewLine}",
            _output.ToString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Dry")]
    [InlineData("Quick")]
    public async Task A_group_that_throws_ends_with_3(string mode)
    {
        Assert.Equal(3, await RunAsync(Enum.Parse<BenchmarkMode>(mode), _ => throw new InvalidOperationException("no server")));

        Assert.Contains("no server", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_calls_every_scenario_once_and_writes_nothing()
    {
        var calls = 0;

        var end = await RunAsync(
            BenchmarkMode.Dry,
            async run =>
            {
                var comparison = await run.CompareAsync(
                    "calls",
                    Scenario.Call("one", () => ++calls),
                    Scenario.Call("other", () => ++calls)
                );
                run.Figure("stub.ratio", comparison.Ratio("one", to: "other").Median, "x", Goal.AtMost(0));
            }
        );

        Assert.Equal(0, end);
        Assert.Equal(2, calls);
        Assert.Equal($"dry stub: calls: one ok{Environment.NewLine}dry stub: calls: other ok{Environment.NewLine}", _output.ToString());
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task A_group_without_rows_says_so_and_is_no_error()
    {
        Assert.Equal(0, await RunAsync(BenchmarkMode.Dry, _ => Task.CompletedTask));

        Assert.Equal($"group stub measures nothing yet{Environment.NewLine}", _output.ToString());
    }

    [Fact]
    public async Task Results_are_written_for_people_and_for_programs()
    {
        await RunAsync(BenchmarkMode.Quick, Judged(value: 0.5));

        var markdown = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "stub.md"), TestContext.Current.CancellationToken);
        Assert.Contains("quick run", markdown, StringComparison.Ordinal);
        Assert.Contains(MachineLine.Read(), markdown, StringComparison.Ordinal);
        Assert.Contains("Notes of the stub.", markdown, StringComparison.Ordinal);
        Assert.Contains("| stub.ratio | 0.5 | x | ≤ 1 | met |", markdown, StringComparison.Ordinal);
        Assert.Contains("| row | 2 | 1–3 |  | 1 |", markdown, StringComparison.Ordinal);

        using var json = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "stub.json"), TestContext.Current.CancellationToken)
        );
        var figure = json.RootElement.GetProperty("figures")[0];
        Assert.Equal("stub.ratio", figure.GetProperty("id").GetString());
        Assert.Equal(0.5, figure.GetProperty("value").GetDouble());
        Assert.Equal("≤", figure.GetProperty("operator").GetString());
        Assert.Equal("met", figure.GetProperty("verdict").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("rows")[0].GetProperty("nanoseconds").GetProperty("median").GetDouble());
        Assert.Equal("NaN", json.RootElement.GetProperty("rows")[0].GetProperty("bytes").GetString());
    }

    [Theory]
    [InlineData("other.ratio")]
    [InlineData("stub.used")]
    public async Task An_id_belongs_to_its_group_and_is_used_once(string id)
    {
        await RunAsync(
            BenchmarkMode.Quick,
            run =>
            {
                run.Figure("stub.used", 1, "x", Goal.LowerIsBetter);
                Assert.Throws<ArgumentException>(() => run.Figure(id, 1, "x", Goal.LowerIsBetter));
                return Task.CompletedTask;
            }
        );

        Assert.DoesNotContain("broke off", _output.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _output.Dispose();
    }

    private static Func<BenchmarkRun, Task> Judged(double value) =>
        run =>
        {
            run.Add(new ResultRow("rows", "row", new Spread(2, 1, 3, 1, 3), double.NaN, 1));
            run.Figure("stub.ratio", value, "x", Goal.AtMost(1));
            return Task.CompletedTask;
        };

    private async Task<int> RunAsync(BenchmarkMode mode, Func<BenchmarkRun, Task> run)
    {
        var session = new BenchmarkSession(mode, _folder.FullName, _folder.FullName, _output);
        await session.RunAsync(new StubGroup(run));
        return session.Finish();
    }
}
