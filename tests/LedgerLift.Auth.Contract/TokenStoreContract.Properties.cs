using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Auth.Contract;

public abstract partial class TokenStoreContract
{
    /// <summary>False when a server keeps an expired jti until its own clock says so: such a jti is then not stored again in these tests.</summary>
    protected virtual bool ForgetsByOurClock => true;

    private Config Runs => Config.QuickThrowOnFailure.WithMaxTest(Cases);

    // The clock of a test only moves forward, so each case begins where the one before ended.
    [Fact]
    public Task Behaves_as_the_model_whatever_is_called() =>
        CheckAsync(
            Prop.ForAll(
                TokenOperationGenerator.Sequence(30),
                async operations => await RunAgainstModelAsync(operations, await CreateAsync(), NewModel())
            ),
            Runs
        );

    [Fact]
    public Task Behaves_as_the_model_with_a_limit_per_user() =>
        CheckAsync(
            Prop.ForAll(
                TokenOperationGenerator.Sequence(30),
                async operations =>
                    await RunAgainstModelAsync(operations, await CreateAsync(maxActiveTokensPerUser: 2), NewModel(maxPerUser: 2))
            ),
            Runs
        );

    // Property 4 of the requirement documents: empty ids and past expiries are refused.
    [Fact]
    public Task Property_4_refuses_empty_ids_and_past_expiries() =>
        CheckAsync(
            Prop.ForAll(
                BadRegistrations,
                async bad =>
                {
                    var store = await CreateAsync();
                    var refused = await Assert.ThrowsAnyAsync<ArgumentException>(() =>
                        store.StoreAsync(bad.Jti, bad.UserId, bad.ExpiresAt).AsTask()
                    );
                    Assert.NotEmpty(refused.Message);
                }
            ),
            Config.QuickThrowOnFailure.WithMaxTest(Math.Max(100, Cases))
        );

    // Property 7: revoking all of a user with K live tokens revokes exactly K and returns K.
    [Fact]
    public Task Property_7_revoking_all_revokes_exactly_what_is_live() =>
        CheckAsync(
            Prop.ForAll(
                (
                    from live in Gen.Choose(0, 40)
                    from revoked in Gen.Choose(0, 10)
                    from others in Gen.Choose(0, 10)
                    select (live, revoked, others)
                ).ToArbitrary(),
                async counts =>
                {
                    var store = await CreateAsync();
                    await store.StoreManyAsync(Tokens("live", counts.live, "user-1"));
                    await store.StoreManyAsync(Tokens("revoked", counts.revoked, "user-1"));
                    await store.StoreManyAsync(Tokens("other", counts.others, "user-2"));
                    for (var i = 0; i < counts.revoked; i++)
                        await store.RevokeAsync($"revoked-{i}");

                    Assert.Equal(counts.live, await store.RevokeAllForUserAsync("user-1"));

                    for (var i = 0; i < counts.live; i++)
                        Assert.False(await store.IsActiveAsync($"live-{i}", "user-1"));
                    Assert.Empty(await ListAsync(store, "user-1"));
                    Assert.Equal(counts.others, (await ListAsync(store, "user-2")).Count);
                }
            ),
            Config.QuickThrowOnFailure.WithMaxTest(Math.Min(100, Cases))
        );

    [Fact]
    public Task Stored_tokens_come_back_equal() =>
        CheckAsync(
            Prop.ForAll(
                // A server that expires by its own clock would have forgotten one of a second before the answer is read.
                StoredTokens.Any(() => Clock.GetUtcNow(), shortestLife: ForgetsByOurClock ? 1 : 60_000),
                async token =>
                {
                    var store = await CreateAsync();
                    await store.StoreAsync(token.Jti, token.UserId, token.ExpiresAt);
                    var found = await store.FindAsync(token.Jti);
                    Assert.Equal(new StoredToken(token.Jti, token.UserId, Clock.GetUtcNow(), token.ExpiresAt), found);
                    Assert.Equal(found, StoredToken.FromJson(found!.ToJson()));
                }
            ),
            Runs
        );

    // FsCheck waits for each case. On a thread of its own, as the one before may have ended on the thread that delivers a server's answers, and would wait there for
    // an answer that nobody delivers.
    private static Task CheckAsync(Property property, Config config) => Task.Run(() => property.Check(config));

    private Arbitrary<TokenRegistration> BadRegistrations =>
        (
            from blank in Gen.Elements("", " ", "\t", "\n \u2003", null)
            from minutes in Gen.Choose(0, 100_000)
            from fault in Gen.Choose(1, 7)
            select new TokenRegistration(
                (fault & 1) != 0 ? blank : "jti-1",
                (fault & 2) != 0 ? blank : "user-1",
                (fault & 4) != 0 ? In(-minutes) : In(minutes + 1)
            )
        ).ToArbitrary();

    private IEnumerable<TokenRegistration> TokensOf(string prefix, int count, string userId) =>
        Enumerable.Range(0, count).Select(i => new TokenRegistration($"{prefix}-{i}", userId, In(5)));

    private TokenRegistration[] Tokens(string prefix, int count, string userId) => [.. TokensOf(prefix, count, userId)];

    private async Task RunAgainstModelAsync(
        (TimeSpan Wait, TokenOperation Operation)[] operations,
        ITokenStore store,
        TokenStoreModel model
    )
    {
        var origin = Clock.GetUtcNow();
        var gone = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (wait, operation) in operations)
        {
            var known = model.Entries.Select(entry => entry.Jti).ToHashSet(StringComparer.Ordinal);
            Clock.Advance(wait);
            model.Advance(wait);
            gone.UnionWith(known.Where(jti => model.Find(jti) is null));
            if (IsRefused(operation, model) || !ForgetsByOurClock && Makes(operation) is { } jti && gone.Contains(jti))
                continue;
            Assert.Equal($"{operation}: {operation.Apply(model)}", $"{operation}: {await operation.RunAsync(store, origin)}");
        }
    }

    private static bool IsRefused(TokenOperation operation, TokenStoreModel model) =>
        operation switch
        {
            StoreToken store => store.ExpiresAt <= model.Now,
            RotateToken rotate => rotate.ExpiresAt <= model.Now,
            _ => false,
        };

    private static string? Makes(TokenOperation operation) =>
        operation switch
        {
            StoreToken store => store.Jti,
            RotateToken rotate => rotate.NewJti,
            _ => null,
        };
}
