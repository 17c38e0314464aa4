namespace LedgerLift.Benchmarks.Tests;

public sealed class CommandLineTests
{
    private static readonly string[] Groups = ["resilience", "data"];

    [Fact]
    public void Without_words_all_groups_are_measured_in_full()
    {
        Assert.True(CommandLine.TryParse([], Groups, out var parsed, out _));

        Assert.Equal(BenchmarkMode.Full, parsed.Mode);
        Assert.True(parsed.Groups.SetEquals(Groups));
        Assert.Equal(Path.Combine("benchmarks", "results"), parsed.ResultsFolder);
        Assert.Equal(Path.Combine("docs", "images"), parsed.PicturesFolder);
    }

    [Fact]
    public void Words_choose_mode_groups_and_folder()
    {
        Assert.True(CommandLine.TryParse(["data", "--quick", "--results=elsewhere"], Groups, out var parsed, out _));

        Assert.Equal(BenchmarkMode.Quick, parsed.Mode);
        Assert.Equal("data", Assert.Single(parsed.Groups));
        Assert.Equal("elsewhere", parsed.ResultsFolder);
        Assert.Equal("elsewhere", parsed.PicturesFolder);
    }

    [Fact]
    public void An_unknown_word_is_named_beside_the_known_ones()
    {
        Assert.False(CommandLine.TryParse(["--fast", "data", "Data"], Groups, out _, out var fault));

        Assert.Contains("not understood: --fast Data", fault, StringComparison.Ordinal);
        Assert.Contains("resilience|data", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Dry_and_quick_exclude_each_other()
    {
        Assert.False(CommandLine.TryParse(["--dry", "--quick"], Groups, out _, out var fault));

        Assert.Contains("exclude", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_ends_with_2_for_a_word_it_does_not_know() => Assert.Equal(2, await Program.Main(["nonsense"]));
}
