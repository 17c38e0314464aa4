using LedgerLift.Testing;

namespace LedgerLift.Auth.Tests;

/// <summary>There is one for the process, so nothing else runs meanwhile.</summary>
[Collection(nameof(Alone))]
public sealed class TimeKeeperTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static long Now => Instant.ToMilliseconds(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Keeps_the_time_while_lookups_are_many_and_rests_when_there_are_none()
    {
        await AskUntilItIsKeptAsync(TimeKeeper.Margin + 1000);
        Assert.False(TimeKeeper.IsFar(Now + TimeKeeper.Margin - 10_000));

        await Poll.UntilAsync(() => !TimeKeeper.IsAwake, TimeSpan.FromSeconds(60), cancellationToken: Cancellation);
        Assert.False(TimeKeeper.IsFar(long.MaxValue));
        await AskUntilItIsKeptAsync(TimeKeeper.Margin + 1000);
    }

    [Fact]
    public async Task Few_lookups_at_a_time_do_not_begin_it()
    {
        await Poll.UntilAsync(() => !TimeKeeper.IsAwake, TimeSpan.FromSeconds(60), cancellationToken: Cancellation);

        for (var count = 10; count < 1000; count++)
        {
            for (var ask = 0; ask < TimeKeeper.ManyAsks; ask++)
                TimeKeeper.Asked(count);
        }

        Assert.False(TimeKeeper.IsAwake);

        TimeKeeper.Asked(count: 999);
        Assert.True(TimeKeeper.IsAwake);
    }

    [Fact]
    public async Task A_token_still_expires_to_the_millisecond_while_the_time_is_kept()
    {
        var store = new InMemoryTokenStore();
        await AskUntilItIsKeptAsync(TimeKeeper.Margin * 2);
        var expiry = TimeProvider.System.GetUtcNow().AddSeconds(1);
        await store.StoreAsync("far", "ann", expiry.AddHours(1), Cancellation);
        await store.StoreAsync("near", "ann", expiry, Cancellation);

        var found = 0;
        while (true)
        {
            Assert.True(await store.IsActiveAsync("far", "ann", Cancellation));
            var before = TimeProvider.System.GetUtcNow();
            var active = await store.IsActiveAsync("near", "ann", Cancellation);
            var after = TimeProvider.System.GetUtcNow();
            if (active)
                Assert.True(before < expiry);
            else
                Assert.True(after >= Instant.Truncate(expiry));
            found += active ? 1 : 0;
            if (after > expiry.AddMilliseconds(100))
                break;
        }

        Assert.NotEqual(0, found);
    }

    private static Task AskUntilItIsKeptAsync(long away) =>
        Poll.UntilAsync(
            () =>
            {
                for (var i = 0; i < 2 * TimeKeeper.ManyAsks; i++)
                    TimeKeeper.Asked(count: 1);
                return TimeKeeper.IsFar(Now + away);
            },
            TimeSpan.FromSeconds(60),
            cancellationToken: Cancellation
        );
}
