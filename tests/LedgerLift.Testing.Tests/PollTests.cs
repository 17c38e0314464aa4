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
}
