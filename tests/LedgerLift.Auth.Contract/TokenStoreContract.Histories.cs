using FsCheck;
using FsCheck.Fluent;
using LedgerLift.Testing;

namespace LedgerLift.Auth.Contract;

public abstract partial class TokenStoreContract
{
    internal const int Callers = 3;
    private const int CallsPerCaller = 4;

    [Fact]
    public async Task Concurrent_calls_happen_one_after_the_other()
    {
        var random = new SeededRandom();
        for (var round = 0; round < Histories; round++)
            await CheckHistoryAsync(await CreateAsync(), NewModel(), Draw(random, Callers * CallsPerCaller, families: IsAtomic));
    }

    [Fact]
    public async Task Concurrent_calls_at_the_limit_of_a_user_happen_one_after_the_other()
    {
        var random = new SeededRandom();
        for (var round = 0; round < Histories; round++)
            await CheckHistoryAsync(
                await CreateAsync(maxActiveTokensPerUser: 2),
                NewModel(maxPerUser: 2),
                Draw(random, Callers * CallsPerCaller, families: IsAtomic)
            );
    }

    [Fact]
    public async Task Concurrent_revoke_alls_divide_the_tokens_among_them()
    {
        var store = await CreateAsync();
        await store.StoreManyAsync(Tokens("jti", 900, "user-1"));

        var counts = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => store.RevokeAllForUserAsync("user-1").AsTask()))
        );

        Assert.Equal(900, counts.Sum());
        Assert.Empty(await ListAsync(store, "user-1"));
    }

    [Fact]
    public async Task A_store_racing_a_revoke_all_is_counted_or_live_never_both_never_neither()
    {
        var store = await CreateAsync();
        var stored = 0;
        var revoked = 0;
        var storing = Enumerable.Range(0, 4).Select(worker => Task.Run(() => StoreAsync(worker))).ToArray();
        var revoking = Enumerable.Range(0, 2).Select(_ => Task.Run(RevokeAsync)).ToArray();

        await Task.WhenAll(storing);
        await Task.WhenAll(revoking);

        Assert.Equal(stored, revoked + (await ListAsync(store, "user-1")).Count);

        async Task StoreAsync(int worker)
        {
            for (var i = 0; i < 200; i++)
            {
                await store.StoreAsync($"jti-{worker}-{i}", "user-1", In(5));
                Interlocked.Increment(ref stored);
            }
        }

        async Task RevokeAsync()
        {
            while (Array.Exists(storing, task => !task.IsCompleted))
                Interlocked.Add(ref revoked, await store.RevokeAllForUserAsync("user-1"));
        }
    }

    [Fact]
    public async Task A_rotation_racing_a_revoke_all_leaves_one_live_or_counts_one_never_both_never_neither()
    {
        for (var round = 0; round < 20; round++)
        {
            var (store, families) = await CreateFamiliesAsync();
            await families.StoreRotatableAsync("t-0", "user-1", In(5));

            var rotating = Task.Run(() => RotateAsync(families));
            var revoked = await Task.Run(() => store.RevokeAllForUserAsync("user-1").AsTask());
            await rotating;

            var live = await ListAsync(store, "user-1");
            Assert.Equal(1, revoked + live.Count);
            for (var i = 0; i <= 10; i++)
                Assert.Equal(live.Any(token => token.Jti == $"t-{i}"), await store.IsActiveAsync($"t-{i}", "user-1"));
        }

        async Task RotateAsync(ITokenFamilies families)
        {
            for (var i = 0; i < 10; i++)
                if (await families.RotateAsync($"t-{i}", $"t-{i + 1}", In(5)) is not RotationOutcome.Rotated)
                    return;
        }
    }

    /// <summary>Runs the calls by several callers at once and searches for an order that explains the answers.</summary>
    internal async Task CheckHistoryAsync(ITokenStore store, TokenStoreModel model, TokenOperation[] operations)
    {
        var calls = await RecordAsync(store, [.. operations.Chunk(operations.Length / Callers)]);
        HistoryChecker.Check(calls, model, inSteps: !IsAtomic);
    }

    internal static TokenOperation[] Draw(Random random, int count, bool families = true) =>
        [
            .. (families ? TokenOperationGenerator.Any : TokenOperationGenerator.WithoutFamilies).Sample(
                count,
                new Rnd((ulong)random.NextInt64(), 1UL),
                1
            ),
        ];
}
