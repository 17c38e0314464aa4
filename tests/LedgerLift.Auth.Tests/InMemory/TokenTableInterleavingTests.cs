using LedgerLift.Auth.Contract;
using LedgerLift.Testing;

namespace LedgerLift.Auth.Tests;

/// <summary>
/// Readers take no lock. These tests drive a writer and readers through all orders of their steps (with at most two changes of thread that are not
/// forced) and check each history: a reader sees every write at one instant, also one that changes two entries.
/// </summary>
public sealed class TokenTableInterleavingTests
{
    private const int MaxPreemptions = 2;

    private static readonly TimeSpan Expiry = TimeSpan.FromMinutes(5);

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void The_new_token_comes_as_the_one_it_pushes_out_leaves() =>
        CheckAll(maxEntries: 1, maxPerUser: 0, [Store("j0", "ann")], [Store("j1", "bob")]);

    [Fact]
    public void The_new_token_of_a_user_at_the_limit_comes_as_the_one_it_ends_leaves() =>
        CheckAll(maxEntries: 9, maxPerUser: 1, [Store("j0", "ann")], [Store("j1", "ann")]);

    [Fact]
    public void A_store_that_pushes_out_one_token_and_ends_another_does_both_at_once() =>
        CheckAll(maxEntries: 2, maxPerUser: 1, [Store("j0", "bob"), Store("j1", "ann")], [Store("j2", "ann")]);

    [Fact]
    public void All_tokens_of_a_user_end_at_once() =>
        CheckAll(maxEntries: 9, maxPerUser: 0, [Store("j0", "ann"), Store("j1", "ann")], [new RevokeAllTokens("ann")]);

    [Fact]
    public void A_successor_comes_as_the_token_it_replaces_ends() =>
        CheckAll(maxEntries: 9, maxPerUser: 0, [Rotatable("j0")], [new RotateToken("j0", "j1", Expiry)]);

    [Fact]
    public void A_successor_in_a_full_store_comes_as_the_token_it_replaces_leaves() =>
        CheckAll(maxEntries: 1, maxPerUser: 0, [Rotatable("j0")], [new RotateToken("j0", "j1", Expiry)]);

    [Fact]
    public void A_token_that_leaves_and_comes_back_is_seen_in_that_order() =>
        CheckAll(maxEntries: 1, maxPerUser: 0, [Store("j0", "ann")], [Store("j1", "ann"), Store("j0", "bob")]);

    [Fact]
    public void A_family_ends_at_once() =>
        CheckAll(
            maxEntries: 9,
            maxPerUser: 0,
            [Rotatable("j0"), new RotateToken("j0", "j1", Expiry)],
            [new RotateToken("j0", "j2", Expiry), Store("j2", "ann")]
        );

    private static StoreToken Store(string jti, string userId) => new(jti, userId, Expiry);

    private static StoreToken Rotatable(string jti) => new(jti, "ann", Expiry, Rotatable: true);

    private static TokenOperation[] Reads(params string[] jtis) =>
        [.. jtis.SelectMany(jti => new TokenOperation[] { new FindToken(jti), new IsTokenActive(jti, "ann") })];

    private void CheckAll(int maxEntries, int maxPerUser, TokenOperation[] before, TokenOperation[] writes)
    {
        using var threads = new Interleaver(3);
        var plan = new Interleaving(MaxPreemptions);
        var orders = 0;
        do
        {
            orders++;
            Check(threads, plan, maxEntries, maxPerUser, before, [writes, Reads("j0", "j1"), Reads("j1", "j0")]);
        } while (plan.MoveNext());
        TestContext.Current.TestOutputHelper?.WriteLine($"{orders} orders");
        Assert.True(orders > 100, $"Only {orders} orders were tried.");
    }

    private void Check(
        Interleaver threads,
        Interleaving plan,
        int maxEntries,
        int maxPerUser,
        TokenOperation[] before,
        TokenOperation[][] callers
    )
    {
        var table = new TokenTable<DrivenSchedule>(maxEntries, maxPerUser, _clock);
        var recorder = new HistoryRecorder(new DrivenTokenStore(table), _clock.GetUtcNow());
        Assert.True(recorder.RunAsync(-1, before).IsCompletedSuccessfully);
        threads.Run(
            plan,
            [
                .. callers.Select<TokenOperation[], Action>(
                    (operations, caller) => () => Assert.True(recorder.RunAsync(caller, operations).IsCompletedSuccessfully)
                ),
            ]
        );
        HistoryChecker.Check(recorder.Calls, new TokenStoreModel(maxEntries, maxPerUser), inSteps: false);
    }
}
