namespace LedgerLift.Auth.Contract;

public abstract partial class TokenStoreContract
{
    [Fact]
    public async Task Revoking_ends_a_token_once()
    {
        var store = await CreateAsync();
        await store.StoreAsync("jti-1", "user-1", In(5));
        await store.StoreAsync("jti-2", "user-1", In(5));

        Assert.Equal(RevokeOutcome.Revoked, await store.RevokeAsync("jti-1"));
        Assert.Equal(RevokeOutcome.AlreadyRevoked, await store.RevokeAsync("jti-1"));

        Assert.False(await store.IsActiveAsync("jti-1"));
        Assert.False(await store.IsActiveAsync("jti-1", "user-1"));
        Assert.True(await store.IsActiveAsync("jti-2", "user-1"));
    }

    [Fact]
    public async Task A_revoked_token_is_found_as_revoked_until_it_expires()
    {
        var store = await CreateAsync();
        await store.StoreAsync("jti-1", "user-1", In(5));
        await store.StoreAsync("jti-2", "user-1", In(5));
        await store.RevokeAsync("jti-1");
        await store.RevokeAllForUserAsync("user-1");

        Assert.Equal(new StoredToken("jti-1", "user-1", Start, In(5), revoked: true), await store.FindAsync("jti-1"));
        Assert.Equal(new StoredToken("jti-2", "user-1", Start, In(5), revoked: true), await store.FindAsync("jti-2"));

        Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(await store.FindAsync("jti-1"));
        Assert.Equal(RevokeOutcome.NotFound, await store.RevokeAsync("jti-2"));
    }

    [Fact]
    public async Task Revoking_all_counts_live_tokens_only_and_spares_other_users()
    {
        var store = await CreateAsync();
        await store.StoreAsync("live-1", "user-1", In(5));
        await store.StoreAsync("live-2", "user-1", In(50));
        await store.StoreAsync("revoked", "user-1", In(5));
        await store.StoreAsync("expired", "user-1", In(1));
        await store.StoreAsync("other", "user-2", In(5));
        await store.RevokeAsync("revoked");
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(2, await store.RevokeAllForUserAsync("user-1"));
        Assert.Equal(0, await store.RevokeAllForUserAsync("user-1"));

        Assert.False(await store.IsActiveAsync("live-1", "user-1"));
        Assert.False(await store.IsActiveAsync("live-2", "user-1"));
        Assert.True(await store.IsActiveAsync("other", "user-2"));
    }

    [Fact]
    public async Task A_user_may_get_tokens_again_after_a_revoke_all()
    {
        var store = await CreateAsync();
        await store.StoreAsync("before", "user-1", In(5));
        await store.RevokeAllForUserAsync("user-1");

        await store.StoreAsync("after", "user-1", In(5));

        Assert.True(await store.IsActiveAsync("after", "user-1"));
        Assert.False(await store.IsActiveAsync("before", "user-1"));
        Assert.Equal(1, await store.RevokeAllForUserAsync("user-1"));
    }

    [Fact]
    public async Task Lists_the_live_tokens_soonest_to_expire_first()
    {
        var store = await CreateAsync();
        await store.StoreAsync("late", "user-1", In(9));
        await store.StoreAsync("soon", "user-1", In(2));
        await store.StoreAsync("middle", "user-1", In(5));
        await store.StoreAsync("revoked", "user-1", In(5));
        await store.StoreAsync("expired", "user-1", In(1));
        await store.StoreAsync("other", "user-2", In(5));
        await store.RevokeAsync("revoked");
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["soon", "middle", "late"], (await ListAsync(store, "user-1")).Select(token => token.Jti));
        Assert.All(await ListAsync(store, "user-1"), token => Assert.False(token.Revoked));
    }

    [Fact]
    public async Task Stores_many_at_once()
    {
        var store = await CreateAsync();
        var tokens = Enumerable.Range(0, 100).Select(i => new TokenRegistration($"jti-{i}", $"user-{i % 3}", In(5))).ToArray();

        await store.StoreManyAsync(tokens);
        await store.StoreManyAsync(tokens);
        await store.StoreManyAsync([]);

        Assert.Equal(34, await store.RevokeAllForUserAsync("user-0"));
        Assert.Equal(33, (await ListAsync(store, "user-1")).Count);
        Assert.True(await store.IsActiveAsync("jti-98", "user-2"));
    }

    [Fact]
    public async Task Storing_many_says_when_one_was_a_duplicate()
    {
        var store = await CreateAsync();
        await store.StoreAsync("jti-1", "user-1", In(5));

        var refused = await RefusedAsync(store.StoreManyAsync([new("jti-0", "user-1", In(5)), new("jti-1", "user-2", In(5))]));

        Assert.Equal(TokenStoreErrorCodes.DuplicateJti, refused.Code);
        Assert.True(await store.IsActiveAsync("jti-1", "user-1"));
        Assert.False(await store.IsActiveAsync("jti-1", "user-2"));
    }

    [Fact]
    public async Task Keeps_hostile_ids_apart()
    {
        var store = await CreateAsync();
        foreach (var id in HostileIds.All)
            await store.StoreAsync(id, id, In(5));

        foreach (var id in HostileIds.All)
        {
            Assert.Equal(new StoredToken(id, id, Start, In(5)), await store.FindAsync(id));
            Assert.True(await store.IsActiveAsync(id, id));
            Assert.Equal([id], (await ListAsync(store, id)).Select(token => token.Jti));
        }

        foreach (var id in HostileIds.All)
        {
            Assert.Equal(1, await store.RevokeAllForUserAsync(id));
            Assert.False(await store.IsActiveAsync(id, id));
        }
    }

    [Fact]
    public async Task Keeps_hostile_ids_apart_within_one_user()
    {
        var store = await CreateAsync();
        foreach (var id in HostileIds.All)
            await store.StoreAsync(id, "{user}:1", In(5));

        foreach (var id in HostileIds.All)
            Assert.True(await store.IsActiveAsync(id, "{user}:1"));
        Assert.Equal(RevokeOutcome.Revoked, await store.RevokeAsync(HostileIds.All[0]));
        Assert.Equal(HostileIds.All.Count - 1, await store.RevokeAllForUserAsync("{user}:1"));
    }

    [Fact]
    public async Task A_user_over_the_limit_loses_the_token_that_expires_soonest()
    {
        var store = await CreateAsync(maxActiveTokensPerUser: 2);
        await store.StoreAsync("long", "user-1", In(9));
        await store.StoreAsync("short", "user-1", In(3));
        await store.StoreAsync("other", "user-2", In(1));

        await store.StoreAsync("shortest", "user-1", In(2));

        Assert.Equal(["shortest", "long"], (await ListAsync(store, "user-1")).Select(token => token.Jti));
        Assert.True((await store.FindAsync("short"))!.Revoked);
        Assert.Equal(RevokeOutcome.AlreadyRevoked, await store.RevokeAsync("short"));
        Assert.True(await store.IsActiveAsync("other", "user-2"));
        Assert.Equal(2, await store.RevokeAllForUserAsync("user-1"));
    }

    [Fact]
    public async Task Storing_the_same_token_again_at_the_limit_ends_none()
    {
        var store = await CreateAsync(maxActiveTokensPerUser: 2);
        await store.StoreAsync("one", "user-1", In(3));
        await store.StoreAsync("two", "user-1", In(9));

        await store.StoreAsync("two", "user-1", In(9));

        Assert.Equal(["one", "two"], (await ListAsync(store, "user-1")).Select(token => token.Jti));
    }
}
