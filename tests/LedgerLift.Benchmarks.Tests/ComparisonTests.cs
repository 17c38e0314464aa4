namespace LedgerLift.Benchmarks.Tests;

public sealed class ComparisonTests
{
    private static readonly Comparison Measured = new(
        "calls",
        ["ours", "peer"],
        new Dictionary<string, IReadOnlyList<Sample>>(StringComparer.Ordinal)
        {
            // In the third round the machine was ten times slower for both.
            ["ours"] = [new(10, 0), new(12, 0), new(110, 8)],
            ["peer"] = [new(100, 24), new(100, 24), new(1000, 24)],
        }
    );

    [Fact]
    public void A_ratio_is_taken_within_a_round_before_the_median() => Assert.Equal(0.11, Measured.Ratio("ours", to: "peer").Median, 12);

    [Fact]
    public void An_overhead_is_taken_within_a_round_before_the_median() => Assert.Equal(90, Measured.Overhead("peer", over: "ours").Median);

    [Fact]
    public void Extra_bytes_are_taken_within_a_round_before_the_median() =>
        Assert.Equal(24, Measured.ExtraBytes("peer", over: "ours").Median);

    [Fact]
    public void The_fastest_has_the_lowest_median() => Assert.Equal("ours", Measured.Fastest("peer", "ours"));

    [Fact]
    public void Rows_relate_to_the_first_scenario()
    {
        var rows = Measured.Rows().ToArray();

        Assert.Equal("ours, peer", string.Join(", ", rows.Select(row => row.Scenario)));
        Assert.Equal(1, rows[0].RatioToBaseline);
        Assert.Equal(1000.0 / 110, rows[1].RatioToBaseline, 12);
        Assert.Equal(24, rows[1].Bytes);
    }

    [Fact]
    public void An_unknown_scenario_is_refused() => Assert.Throws<ArgumentException>(() => Measured.Ratio("ours", to: "theirs"));
}
