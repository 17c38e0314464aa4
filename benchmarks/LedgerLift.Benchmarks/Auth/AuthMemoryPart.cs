using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LedgerLift.Auth;
using Microsoft.Extensions.Caching.Memory;

namespace LedgerLift.Benchmarks;

/// <summary>Looking up and storing in memory, beside a dictionary and a cache.</summary>
internal static class AuthMemoryPart
{
    private const int Held = 100_000;
    private const int Asked = 4096;
    private const int Ids = 400_000;
    private const string Ours = "LedgerLift in-memory store";
    private const string Dictionary = "ConcurrentDictionary";
    private const string Cache = "MemoryCache";

    private static readonly DateTimeOffset Expiry = TimeProvider.System.GetUtcNow().AddHours(1);

    public static async Task RunAsync(BenchmarkRun run)
    {
        var ids = Enumerable.Range(0, Ids).Select(i => $"jti-{i:x8}-{i * 2654435761L:x16}").ToArray();
        await FindAsync(run, ids);
        await StoreAsync(run, ids);
        await FlatAsync(run);
    }

    // Five million tokens are stored, each revoked or looked up once, in a store of a hundred thousand.
    [SuppressMessage(
        "Major Code Smell",
        "S1215:GC.Collect should not be called",
        Justification = "What is left after a collection is what is measured."
    )]
    private static async Task FlatAsync(BenchmarkRun run)
    {
        var operations = run.IsDry ? 10_000 : 10_000_000;
        var store = new InMemoryTokenStore(new InMemoryTokenStoreOptions { MaxEntries = Held });
        var growth = 0L;
        await run.OnceAsync(
            "Ten million operations",
            async () =>
            {
                await ChurnAsync(store, from: 0, tokens: Held * 2);
                var before = GC.GetTotalMemory(forceFullCollection: true);
                await ChurnAsync(store, from: Held * 2, tokens: operations / 2);
                growth = GC.GetTotalMemory(forceFullCollection: true) - before;
                GC.KeepAlive(store);
            }
        );
        run.Figure("auth.memory_growth_after_10_million", growth, "B", Goal.AtMost(1_000_000));
    }

    private static async Task ChurnAsync(InMemoryTokenStore store, int from, int tokens)
    {
        for (var i = from; i < from + tokens; i++)
        {
            var id = i.ToString("x16", CultureInfo.InvariantCulture);
            await store.StoreAsync(id, $"user-{i % 5000}", Expiry);
            if (i % 3 == 0)
                await store.RevokeAsync(id);
            else
                await store.FindAsync(id);
        }
    }

    private static async Task FindAsync(BenchmarkRun run, string[] ids)
    {
        var store = new InMemoryTokenStore();
        var dictionary = new ConcurrentDictionary<string, StoredToken>(StringComparer.Ordinal);
        using var cache = new MemoryCache(new MemoryCacheOptions());
        foreach (var id in ids.Take(Held))
        {
            await store.StoreAsync(id, "user-1", Expiry);
            dictionary[id] = new StoredToken(id, "user-1", Expiry, Expiry);
            cache.Set(id, dictionary[id], Expiry);
        }

        var asked = ids.Take(Held).ToArray();
        new Random(Seed: 7).Shuffle(asked);
        Array.Resize(ref asked, Asked);
        var (i, j, k) = (0, 0, 0);
        var calls = await run.CompareAsync(
            "Find in memory",
            Scenario.Call(Dictionary, () => dictionary.TryGetValue(asked[i++ & (Asked - 1)], out var token) && token.ExpiresAt > Expiry),
            Scenario.Completed(Ours, () => store.FindAsync(asked[j++ & (Asked - 1)])),
            Scenario.Call(Cache, () => cache.TryGetValue(asked[k++ & (Asked - 1)], out StoredToken? token) ? token : null)
        );

        run.Figure("auth.find_per_second", 1e9 / calls.Nanoseconds(Ours).Median, "/s", Goal.AtLeast(10_000_000));
        run.Figure("auth.find_to_dictionary", calls.Ratio(Ours, Dictionary).Median, "x", Goal.LowerIsBetter);
        run.Figure("auth.find_to_memory_cache", calls.Ratio(Ours, Cache).Median, "x", Goal.LowerIsBetter);
    }

    private static async Task StoreAsync(BenchmarkRun run, string[] ids)
    {
        var store = new InMemoryTokenStore(new InMemoryTokenStoreOptions { MaxEntries = Held });
        var bounded = new BoundedDictionary(Held);
        using var cache = new MemoryCache(new MemoryCacheOptions());
        var (i, j, k) = (0, 0, 0);
        var calls = await run.CompareAsync(
            "Store in memory",
            Scenario.Call($"{Dictionary} and a queue", () => bounded.Add(ids[i++ % Ids])),
            Scenario.Completed(Ours, () => NothingAsync(store.StoreAsync(ids[j++ % Ids], "user-1", Expiry))),
            Scenario.Call(Cache, () => cache.Set(ids[k++ % Ids], "user-1", Expiry))
        );

        run.Figure("auth.store_ns", calls.Nanoseconds(Ours).Median, "ns", Goal.AtMost(1000));
        run.Figure("auth.store_to_memory_cache", calls.Ratio(Ours, Cache).Median, "x", Goal.LowerIsBetter);
    }

    private static ValueTask<bool> NothingAsync(ValueTask call) =>
        call.IsCompletedSuccessfully
            ? new ValueTask<bool>(result: true)
            : throw new InvalidOperationException("The call is still running.");

    /// <summary>As much of our store as can be had of a dictionary in two lines.</summary>
    private sealed class BoundedDictionary(int limit)
    {
        private readonly ConcurrentDictionary<string, StoredToken> _tokens = new(StringComparer.Ordinal);
        private readonly ConcurrentQueue<string> _order = new();

        public bool Add(string id)
        {
            if (!_tokens.TryAdd(id, new StoredToken(id, "user-1", Expiry, Expiry)))
                return false;
            _order.Enqueue(id);
            return _order.Count <= limit || (_order.TryDequeue(out var oldest) && _tokens.TryRemove(oldest, out _));
        }
    }
}
