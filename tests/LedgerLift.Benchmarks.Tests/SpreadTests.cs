namespace LedgerLift.Benchmarks.Tests;

public sealed class SpreadTests
{
    [Fact]
    public void The_median_of_an_odd_number_of_values_is_the_middle_one() => Assert.Equal(3, Spread.Of([100, 1, 3]).Median);

    [Fact]
    public void The_median_of_an_even_number_of_values_lies_between_the_middle_two() => Assert.Equal(2.5, Spread.Of([4, 1, 2, 3]).Median);

    [Fact]
    public void Quartiles_lie_between_their_neighbours()
    {
        var spread = Spread.Of([40, 10, 30, 20]);

        Assert.Equal(17.5, spread.LowerQuartile);
        Assert.Equal(32.5, spread.UpperQuartile);
        Assert.Equal(10, spread.Minimum);
        Assert.Equal(40, spread.Maximum);
    }

    [Fact]
    public void A_single_value_is_all_of_them() => Assert.Equal(new Spread(7, 7, 7, 7, 7), Spread.Of([7]));

    [Fact]
    public void Without_values_nothing_is_known() => Assert.Equal(Spread.Unknown, Spread.Of([]));
}
