using System.Diagnostics.CodeAnalysis;
using LedgerLift.Testing;

namespace LedgerLift.Auth.Tests;

[Collection(nameof(Alone))]
[SuppressMessage(
    "Major Code Smell",
    "S1215:GC.Collect should not be called",
    Justification = "What is left after a collection is what is measured."
)]
public sealed class InMemoryTokenStoreMemoryTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Reading_allocates_nothing()
    {
        var store = new InMemoryTokenStore(timeProvider: _clock);
        await store.StoreAsync("jti-1", "ann", _clock.GetUtcNow().AddMinutes(5));
        await store.StoreAsync("jti-2", "ann", _clock.GetUtcNow().AddMinutes(5));
        await store.RevokeAsync("jti-2");
        await ReadAsync(store, 1000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var found = await ReadAsync(store, 10_000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal(40_000, found);
    }

    // The short form; ten million operations are run by `benchmarks/run auth`.
    [Fact]
    public async Task Memory_stays_flat()
    {
        var store = new InMemoryTokenStore(new InMemoryTokenStoreOptions { MaxEntries = 10_000 }, _clock);
        var random = new SeededRandom();
        await TokenChurn.RunAsync(store, _clock, random, from: 0, count: 200_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await TokenChurn.RunAsync(store, _clock, random, from: 200_000, count: 600_000);

        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(growth, long.MinValue, 1_000_000);
        Assert.InRange(store.Count, 1, 10_000);
        Assert.InRange(store.UserCount, 1, store.Count);
        GC.KeepAlive(store);
    }

    [Fact]
    public async Task Entries_that_were_pushed_out_can_be_collected()
    {
        var store = new InMemoryTokenStore(new InMemoryTokenStoreOptions { MaxEntries = 100 }, _clock);
        var pushedOut = await StoreAndPushOutAsync(store);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.All(pushedOut, reference => Assert.False(reference.TryGetTarget(out _)));
        GC.KeepAlive(store);
    }

    // A method of its own, so that no local of the test keeps a token alive.
    private async Task<List<WeakReference<StoredToken>>> StoreAndPushOutAsync(InMemoryTokenStore store)
    {
        var tokens = new List<WeakReference<StoredToken>>();
        for (var i = 0; i < 300; i++)
        {
            await store.StoreRotatableAsync($"jti-{i}", "ann", _clock.GetUtcNow().AddMinutes(5));
            if (i % 3 == 0)
                await store.RotateAsync($"jti-{i}", $"next-{i}", _clock.GetUtcNow().AddMinutes(5));
            if (i == 50)
                await store.RevokeAllForUserAsync("ann");
            if (i < 100)
                tokens.Add(new WeakReference<StoredToken>((await store.FindAsync($"jti-{i}"))!));
        }

        return tokens;
    }

    private static async ValueTask<int> ReadAsync(InMemoryTokenStore store, int count)
    {
        var found = 0;
        for (var i = 0; i < count; i++)
        {
            found += await store.FindAsync("jti-1") is not null ? 1 : 0;
            found += await store.FindAsync("jti-2") is { Revoked: true } ? 1 : 0;
            found += await store.FindAsync("jti-3") is null ? 1 : 0;
            found += await store.IsActiveAsync("jti-1", "ann") ? 1 : 0;
        }

        return found;
    }
}
