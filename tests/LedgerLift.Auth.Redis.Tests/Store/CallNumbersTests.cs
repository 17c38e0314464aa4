namespace LedgerLift.Auth.Redis.Tests;

public sealed class CallNumbersTests
{
    // Two processes that counted from the same number would take one another's records for their own.
    [Fact]
    public void No_two_calls_have_the_same_number_whoever_counts()
    {
        var numbers = Enumerable.Range(0, 10).Select(_ => new CallNumbers()).ToArray();

        var taken = numbers.SelectMany(each => Enumerable.Range(0, 100).Select(_ => each.Next())).ToList();

        Assert.Equal(1000, taken.Distinct(StringComparer.Ordinal).Count());
    }
}
