using System.Globalization;
using LedgerLift.Auth.Redis;
using LedgerLift.Testing;
using StackExchange.Redis;

namespace LedgerLift.Benchmarks;

/// <summary>Checks in flight together beside bare commands, and what the server needs for a revoke-all of a million tokens.</summary>
internal static class AuthRedisPart
{
    private const int Callers = 512;
    private const int Questions = 32;
    private const int Million = 1_000_000;
    private const string Ours = "LedgerLift IsActiveAsync";
    private const string Raw = "StackExchange.Redis ZSCORE";

    public static async Task RunAsync(BenchmarkRun run)
    {
        var options = ConfigurationOptions.Parse(ServerSettings.Load().Require(ServerSettings.Redis));
        (options.AllowAdmin, options.SyncTimeout) = (true, 60_000);
        using var connection = await ConnectionMultiplexer.ConnectAsync(options);
        var prefix = $"bench:{Guid.NewGuid():N}";
        var settings = new RedisTokenStoreOptions { KeyPrefix = prefix };
        (settings.Resilience.AttemptTimeout, settings.Resilience.TotalTimeout) = (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60));
        var store = new RedisTokenStore(connection, settings);
        await ChecksAsync(run, store, connection.GetDatabase(), prefix);
        await RevokeAllAsync(run, store, connection, prefix);
    }

    private static async Task ChecksAsync(BenchmarkRun run, RedisTokenStore store, IDatabase database, string prefix)
    {
        await store.StoreAsync("jti-1", "user-1", TimeProvider.System.GetUtcNow().AddHours(1));
        RedisKey key = $"{prefix}:u:{{user-1}}";
        var member = (await database.SortedSetRangeByRankAsync(key)).Single();
        var calls = await run.CompareAsync(
            $"{Callers} callers with {Questions} checks each",
            Scenario.Awaited(Raw, () => TogetherAsync(() => new ValueTask<double?>(database.SortedSetScoreAsync(key, member)))),
            Scenario.Awaited(Ours, () => TogetherAsync(() => store.IsActiveAsync("jti-1", "user-1")))
        );

        run.Figure("auth.redis_active_per_second", Callers * Questions * 1e9 / calls.Nanoseconds(Ours).Median, "/s", Goal.HigherIsBetter);
        run.Figure("auth.redis_active_rate_ratio", calls.Ratio(Raw, Ours).Median, "x", Goal.AtLeast(0.8));
        await database.KeyDeleteAsync(key);
    }

    // As requests of a host do: each caller asks again when it has its answer, and all of them together keep the connection busy.
    private static async ValueTask<int> TogetherAsync<T>(Func<ValueTask<T>> call)
    {
        var callers = new Task[Callers];
        for (var i = 0; i < callers.Length; i++)
            callers[i] = AskAsync(call);
        await Task.WhenAll(callers);
        return callers.Length;
    }

    private static async Task AskAsync<T>(Func<ValueTask<T>> call)
    {
        for (var i = 0; i < Questions; i++)
            await call();
    }

    private static async Task RevokeAllAsync(BenchmarkRun run, RedisTokenStore store, ConnectionMultiplexer connection, string prefix)
    {
        const string Title = "Revoke-all of a million, on the server";
        var tokens = run.IsDry ? 1000 : Million;
        var database = connection.GetDatabase();
        var server = connection.GetServer(connection.GetEndPoints()[0]);
        RedisKey key = $"{prefix}:u:{{user-2}}";
        var (ours, peers) = (new List<double>(), new List<double>());
        await run.OnceAsync(
            Title,
            async () =>
            {
                for (var round = 0; round < (run.IsDry ? 1 : 3); round++)
                {
                    await FillAsync(database, key, tokens);
                    ours.Add(await ServerTimeAsync(server, async () => Expect(tokens, await store.RevokeAllForUserAsync("user-2"))));
                    await FillAsync(database, key, tokens);
                    peers.Add(await ServerTimeAsync(server, () => database.KeyDeleteAsync(key)));
                }
            }
        );
        if (run.IsDry)
            return;

        run.Add(new ResultRow(Title, "DEL", Spread.Of(peers), double.NaN, 1));
        run.Add(
            new ResultRow(
                Title,
                "LedgerLift RevokeAllForUserAsync",
                Spread.Of(ours),
                double.NaN,
                Spread.Of(ours).Median / Spread.Of(peers).Median
            )
        );
        run.Figure("auth.redis_revoke_all_ms", Spread.Of(ours).Median / 1e6, "ms", Goal.AtMost(5));
        run.Figure("auth.redis_del_ms", Spread.Of(peers).Median / 1e6, "ms", Goal.LowerIsBetter);
    }

    // Members of the store's own length, with scores of a time to come.
    private static async Task FillAsync(IDatabase database, RedisKey key, int tokens)
    {
        var expiry = TimeProvider.System.GetUtcNow().AddHours(1);
        foreach (var chunk in Enumerable.Range(0, tokens).Chunk(10_000))
            await database.SortedSetAddAsync(
                key,
                [.. chunk.Select(i => new SortedSetEntry($"t{i:x24}", expiry.ToUnixTimeMilliseconds() + i))]
            );
        await database.KeyExpireAsync(key, TimeSpan.FromHours(1));
    }

    // Commands within a transaction count twice, as commands and as part of EXEC: the figure is too high rather than too low.
    private static async Task<double> ServerTimeAsync(IServer server, Func<Task> call)
    {
        var before = await MicrosecondsAsync(server);
        await call();
        // What nobody waits for, such as freeing, comes before this on the same connection.
        await server.PingAsync();
        return (await MicrosecondsAsync(server) - before) * 1000;
    }

    private static async Task<double> MicrosecondsAsync(IServer server) =>
        (await server.InfoAsync("commandstats"))
            .SelectMany(section => section)
            .Where(line => line.Key is not ("cmdstat_info" or "cmdstat_ping"))
            .Sum(line =>
                double.Parse(
                    line.Value.Split(',').First(field => field.StartsWith("usec=", StringComparison.Ordinal))["usec=".Length..],
                    CultureInfo.InvariantCulture
                )
            );

    private static void Expect(int expected, int actual)
    {
        if (actual != expected)
            throw new InvalidOperationException($"{actual} tokens were revoked instead of {expected}.");
    }
}
