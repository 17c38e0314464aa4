namespace LedgerLift.Testing.Tests;

public sealed class RuleWatchTests
{
    [Fact]
    public void At_the_same_byte_the_rule_that_drops_a_reply_comes_first_then_the_order_of_setting()
    {
        var (one, two, drops, sooner) = (Rule(4), Rule(4), Rule(4, dropsReply: true), Rule(3));
        var watch = new RuleWatch();
        watch.Begin("abcdef"u8, [one, two, drops, sooner]);

        Assert.Equal((3, sooner), watch.Next("abcdef"u8));
        Assert.Equal((4, drops), watch.Next("abcdef"u8));
        Assert.Equal((4, one), watch.Next("abcdef"u8));
        Assert.Equal((4, two), watch.Next("abcdef"u8));
        Assert.Null(watch.Next("abcdef"u8));
    }

    [Fact]
    public void A_rule_goes_on_counting_when_others_come_and_go()
    {
        var (kept, gone, late) = (Rule(4), Rule(5), Rule(1));
        var watch = new RuleWatch();
        watch.Begin("abc"u8, [kept, gone]);
        Assert.Null(watch.Next("abc"u8));

        watch.Begin("def"u8, [kept, late]);

        Assert.Equal((1, kept), watch.Next("def"u8));
        Assert.Equal((1, late), watch.Next("def"u8));
        Assert.Null(watch.Next("def"u8));
    }

    private static FaultRule Rule(int count, bool dropsReply = false) =>
        new("rule", Fault.Cut, null, () => new ByteCountTracker(count), _ => { }) { DropsReply = dropsReply };
}
