using System.Globalization;

namespace LedgerLift.Testing.Tests;

public sealed class SeededRandomTests
{
    [Fact]
    public void The_same_seed_gives_the_same_draws()
    {
        var (one, two) = (new SeededRandom(42), new SeededRandom(42));

        Assert.Equal(Draws(one), Draws(two));
        Assert.Equal(one.Bytes(16), two.Bytes(16));
        Assert.NotEqual(Draws(one), Draws(new SeededRandom(43)));
    }

    [Fact]
    public void A_fresh_source_tells_the_seed_that_repeats_it()
    {
        var fresh = new SeededRandom();

        Assert.Equal(Draws(fresh), Draws(new SeededRandom(fresh.Seed)));
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"LEDGERLIFT_TEST_SEED={fresh.Seed}"), fresh.ToString());
        Assert.Contains(fresh.ToString(), TestContext.Current.TestOutputHelper!.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_setting_is_the_seed_and_nonsense_is_refused()
    {
        Assert.Equal(-5, SeededRandom.SeedOf("-5"));
        Assert.NotEqual(SeededRandom.SeedOf(null), SeededRandom.SeedOf(" "));
        Assert.Contains("'x1'", Assert.Throws<FormatException>(() => SeededRandom.SeedOf("x1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forks_repeat_by_index_and_differ_from_one_another()
    {
        var (one, two) = (new SeededRandom(1), new SeededRandom(1));
        _ = two.NextDouble();

        Assert.Equal(Draws(one.Fork(3)), Draws(two.Fork(3)));
        Assert.NotEqual(Draws(one.Fork(0)), Draws(one.Fork(1)));
    }

    [Fact]
    public void Chance_is_never_at_0_always_at_1_and_about_a_third_between()
    {
        var random = new SeededRandom(7);

        Assert.DoesNotContain(true, Enumerable.Range(0, 1000).Select(_ => random.Chance(0)));
        Assert.DoesNotContain(false, Enumerable.Range(0, 1000).Select(_ => random.Chance(1)));
        Assert.InRange(Enumerable.Range(0, 3000).Count(_ => random.Chance(1d / 3)), 900, 1100);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Chance(double.NaN));
    }

    private static double[] Draws(Random random) => [.. Enumerable.Range(0, 8).Select(_ => random.NextDouble())];
}
