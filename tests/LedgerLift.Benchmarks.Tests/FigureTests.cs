using System.Globalization;

namespace LedgerLift.Benchmarks.Tests;

public sealed class FigureTests
{
    [Theory]
    [InlineData(0.0987, "figure resilience.ratio 0.099 x goal ≤ 0.1 met")]
    [InlineData(0.1, "figure resilience.ratio 0.1 x goal ≤ 0.1 met")]
    [InlineData(0.25, "figure resilience.ratio 0.25 x goal ≤ 0.1 missed")]
    [InlineData(double.NaN, "figure resilience.ratio NaN x goal ≤ 0.1 missed")]
    public void An_upper_bound_is_part_of_what_meets_it(double value, string line) =>
        Assert.Equal(line, new Figure("resilience.ratio", value, "x", Goal.AtMost(0.1)).ToString());

    [Theory]
    [InlineData(1.7, "figure resilience.scaling 1.7 x goal ≥ 1.7 met")]
    [InlineData(1.6, "figure resilience.scaling 1.6 x goal ≥ 1.7 missed")]
    public void A_lower_bound_is_part_of_what_meets_it(double value, string line) =>
        Assert.Equal(line, new Figure("resilience.scaling", value, "x", Goal.AtLeast(1.7)).ToString());

    [Fact]
    public void Without_a_bound_a_figure_is_measured_and_never_missed()
    {
        Assert.Equal("figure data.speed 12 x goal ≥ - measured", new Figure("data.speed", 12, "x", Goal.HigherIsBetter).ToString());
        Assert.Equal("figure data.delay 12 ms goal ≤ - measured", new Figure("data.delay", 12, "ms", Goal.LowerIsBetter).ToString());
        Assert.False(new Figure("data.speed", double.NaN, "x", Goal.HigherIsBetter).IsMissed);
    }

    [Fact]
    public void A_number_is_never_rounded_into_another_verdict()
    {
        Assert.Equal("0.1001", new Figure("a.b", 0.1001, "x", Goal.AtMost(0.1)).PrintedValue);
        Assert.Equal("1.69999", new Figure("a.b", 1.69999, "x", Goal.AtLeast(1.7)).PrintedValue);
    }

    [Fact]
    public void The_line_is_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");

            Assert.Equal("0.25", Numbers.Format(0.25));
            Assert.Equal("figure a.b 1234 x goal ≤ 0.5 missed", new Figure("a.b", 1234.4, "x", Goal.AtMost(0.5)).ToString());
            Assert.Equal("figure a.b 0.25 x goal ≤ 0.5 met", new Figure("a.b", 0.25, "x", Goal.AtMost(0.5)).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(12345.6, "12346")]
    [InlineData(123.45, "123.5")]
    [InlineData(12.345, "12.35")]
    [InlineData(1.2345, "1.235")]
    [InlineData(0, "0")]
    [InlineData(0.0012345, "0.00123")]
    [InlineData(0.0000345, "0.0000345")]
    [InlineData(-1e-9, "0")]
    [InlineData(-3.5, "-3.5")]
    public void Numbers_have_as_many_digits_as_a_measurement_bears(double value, string text) => Assert.Equal(text, Numbers.Format(value));
}
