namespace LedgerLift.Testing.Tests;

public sealed class PollTests
{
    [Fact]
    public async Task Ends_as_soon_as_the_answer_is_true()
    {
        var asked = 0;

        await Poll.UntilAsync(() => ++asked == 3, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task Says_what_never_came_true()
    {
        var row = "absent";

        var failure = await Assert.ThrowsAsync<TimeoutException>(() =>
            Poll.UntilAsync(() => row == "there", TimeSpan.FromMilliseconds(30))
        );

        Assert.Equal("Not within 0.03 s: () => row == \"there\"", failure.Message);
    }

    [Fact]
    public async Task Says_it_in_words_where_words_are_given()
    {
        var failure = await Assert.ThrowsAsync<TimeoutException>(() =>
            Poll.UntilAsync(() => ValueTask.FromResult(false), TimeSpan.Zero, "the row", TestContext.Current.CancellationToken)
        );

        Assert.Equal("Not within 0 s: the row", failure.Message);
    }
}
