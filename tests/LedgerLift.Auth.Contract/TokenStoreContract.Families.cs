namespace LedgerLift.Auth.Contract;

public abstract partial class TokenStoreContract
{
    [Fact]
    public async Task Rotating_replaces_a_token()
    {
        var (store, families) = await CreateFamiliesAsync();
        await families.StoreRotatableAsync("one", "user-1", In(5));
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(RotationOutcome.Rotated, await families.RotateAsync("one", "two", In(5)));

        Assert.Equal(new StoredToken("one", "user-1", Start, Start.AddMinutes(5), revoked: true, "one"), await store.FindAsync("one"));
        Assert.Equal(new StoredToken("two", "user-1", Clock.GetUtcNow(), In(5), revoked: false, "one"), await store.FindAsync("two"));
        Assert.False(await store.IsActiveAsync("one", "user-1"));
        Assert.False(await store.IsActiveAsync("one"));
        Assert.True(await store.IsActiveAsync("two", "user-1"));
        Assert.True(await store.IsActiveAsync("two"));
        Assert.False(await store.IsActiveAsync("two", "user-2"));
        Assert.Equal(["two"], (await ListAsync(store, "user-1")).Select(token => token.Jti));
    }

    [Fact]
    public async Task A_rotated_token_used_again_ends_its_family_and_only_that()
    {
        var (store, families) = await CreateFamiliesAsync();
        await families.StoreRotatableAsync("a1", "user-1", In(5));
        await families.StoreRotatableAsync("b1", "user-1", In(5));
        await store.StoreAsync("plain", "user-1", In(5));
        await families.RotateAsync("a1", "a2", In(5));
        await families.RotateAsync("a2", "a3", In(5));

        Assert.Equal(RotationOutcome.ReuseDetected, await families.RotateAsync("a1", "thief", In(5)));

        Assert.False(await store.IsActiveAsync("a3", "user-1"));
        Assert.True((await store.FindAsync("a3"))!.Revoked);
        Assert.Null(await store.FindAsync("thief"));
        Assert.Equal(RotationOutcome.Revoked, await families.RotateAsync("a3", "a4", In(5)));
        Assert.Equal(RotationOutcome.ReuseDetected, await families.RotateAsync("a2", "thief", In(5)));
        Assert.True(await store.IsActiveAsync("b1", "user-1"));
        Assert.True(await store.IsActiveAsync("plain", "user-1"));
        Assert.Equal(2, await store.RevokeAllForUserAsync("user-1"));
    }

    [Fact]
    public async Task The_same_rotation_again_is_answered_the_same_while_the_successor_lives()
    {
        var (store, families) = await CreateFamiliesAsync();
        await families.StoreRotatableAsync("one", "user-1", In(5));

        Assert.Equal(RotationOutcome.Rotated, await families.RotateAsync("one", "two", In(6)));
        Assert.Equal(RotationOutcome.Rotated, await families.RotateAsync("one", "two", In(6)));
        Assert.True(await store.IsActiveAsync("two", "user-1"));
        Assert.Equal(1, await store.RevokeAllForUserAsync("user-1"));

        Assert.Equal(RotationOutcome.ReuseDetected, await families.RotateAsync("one", "two", In(6)));
    }

    [Fact]
    public async Task The_same_rotation_again_after_its_successor_was_replaced_is_a_reuse()
    {
        var (store, families) = await CreateFamiliesAsync();
        await families.StoreRotatableAsync("one", "user-1", In(5));
        await families.RotateAsync("one", "two", In(5));
        await families.RotateAsync("two", "three", In(5));

        Assert.Equal(RotationOutcome.ReuseDetected, await families.RotateAsync("one", "two", In(5)));

        foreach (var jti in new[] { "one", "two", "three" })
            Assert.False(await store.IsActiveAsync(jti, "user-1"));
        Assert.Empty(await ListAsync(store, "user-1"));
    }

    [Fact]
    public async Task A_replaced_token_cannot_be_stored_again()
    {
        var (store, families) = await CreateFamiliesAsync();
        await families.StoreRotatableAsync("one", "user-1", In(5));
        await families.RotateAsync("one", "two", In(5));

        var refused = await RefusedAsync(families.StoreRotatableAsync("one", "user-1", In(5)));

        Assert.Equal(TokenStoreErrorCodes.DuplicateJti, refused.Code);
        Assert.Equal(["two"], (await ListAsync(store, "user-1")).Select(token => token.Jti));
    }

    // A client that logs out may hold a token that was replaced already; its session must end all the same.
    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task Revoking_any_token_of_a_family_ends_it(string jti)
    {
        var (store, families) = await CreateFamiliesAsync();
        await families.StoreRotatableAsync("one", "user-1", In(5));
        await families.RotateAsync("one", "two", In(5));
        await store.StoreAsync("plain", "user-1", In(5));

        Assert.Equal(RevokeOutcome.Revoked, await store.RevokeAsync(jti));

        Assert.False(await store.IsActiveAsync("two", "user-1"));
        Assert.Equal(RevokeOutcome.AlreadyRevoked, await store.RevokeAsync("one"));
        Assert.Equal(RevokeOutcome.AlreadyRevoked, await store.RevokeAsync("two"));
        Assert.Equal(RotationOutcome.Revoked, await families.RotateAsync("two", "three", In(5)));
        Assert.Equal(1, await store.RevokeAllForUserAsync("user-1"));
    }

    [Fact]
    public async Task Revoking_a_family_whose_live_token_expired_ends_nothing()
    {
        var (store, families) = await CreateFamiliesAsync();
        await families.StoreRotatableAsync("one", "user-1", In(5));
        await families.RotateAsync("one", "two", In(1));
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(RevokeOutcome.AlreadyRevoked, await store.RevokeAsync("one"));
        Assert.Equal(RevokeOutcome.NotFound, await store.RevokeAsync("two"));
    }

    [Fact]
    public async Task A_family_counts_as_one_token_of_its_user()
    {
        var (store, families) = await CreateFamiliesAsync();
        await families.StoreRotatableAsync("one", "user-1", In(5));
        await families.RotateAsync("one", "two", In(5));
        await families.RotateAsync("two", "three", In(5));
        await store.StoreAsync("plain", "user-1", In(5));

        Assert.Equal(2, await store.RevokeAllForUserAsync("user-1"));
        Assert.False(await store.IsActiveAsync("three", "user-1"));
        Assert.Equal(RotationOutcome.Revoked, await families.RotateAsync("three", "four", In(5)));
    }

    [Fact]
    public async Task Only_the_first_of_a_family_and_its_successors_can_be_rotated()
    {
        var (store, families) = await CreateFamiliesAsync();
        await store.StoreAsync("plain", "user-1", In(5));

        Assert.Equal(RotationOutcome.NotInFamily, await families.RotateAsync("plain", "two", In(5)));
        Assert.Equal(RotationOutcome.NotFound, await families.RotateAsync("unknown", "two", In(5)));
        Assert.Equal(RotationOutcome.NotFound, await families.RotateAsync(new string('x', 300), "two", In(5)));
        Assert.True(await store.IsActiveAsync("plain", "user-1"));
        Assert.Null(await store.FindAsync("two"));
    }

    [Fact]
    public async Task An_expired_token_cannot_be_rotated_and_ends_its_family()
    {
        var (store, families) = await CreateFamiliesAsync();
        await families.StoreRotatableAsync("one", "user-1", In(5));
        Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(RotationOutcome.NotFound, await families.RotateAsync("one", "two", In(5)));
        Assert.Equal(0, await store.RevokeAllForUserAsync("user-1"));
    }

    [Fact]
    public async Task A_family_may_outlive_its_first_token_and_may_also_be_shortened()
    {
        var (store, families) = await CreateFamiliesAsync();
        await families.StoreRotatableAsync("one", "user-1", In(5));
        await families.RotateAsync("one", "two", In(60));
        Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.True(await store.IsActiveAsync("two", "user-1"));

        await families.RotateAsync("two", "three", In(1));
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False(await store.IsActiveAsync("three", "user-1"));
        Assert.Equal(0, await store.RevokeAllForUserAsync("user-1"));
    }

    [Fact]
    public async Task A_successor_must_be_new()
    {
        var (store, families) = await CreateFamiliesAsync();
        await families.StoreRotatableAsync("one", "user-1", In(5));
        await store.StoreAsync("taken", "user-2", In(5));

        Assert.Equal(TokenStoreErrorCodes.DuplicateJti, (await Assert.ThrowsAsync<TokenStoreException>(Rotate("taken"))).Code);
        await RefusesAsync("newJti", Rotate("one"));
        await RefusesAsync("newJti", Rotate(" "));
        await RefusesAsync("newJti", Rotate(new string('x', 257)));
        await RefusesAsync("expiresAt", () => families.RotateAsync("one", "two", Clock.GetUtcNow()));
        await RefusesAsync("jti", () => families.RotateAsync("", "two", In(5)));

        Assert.True(await store.IsActiveAsync("one", "user-1"));
        Assert.True(await store.IsActiveAsync("taken", "user-2"));

        Func<Task> Rotate(string newJti) => () => families.RotateAsync("one", newJti, In(5)).AsTask();
    }

    [Fact]
    public async Task A_rotatable_token_is_not_the_same_as_a_plain_one()
    {
        var (store, families) = await CreateFamiliesAsync();
        await families.StoreRotatableAsync("family", "user-1", In(5));
        await families.StoreRotatableAsync("family", "user-1", In(5));
        await store.StoreAsync("plain", "user-1", In(5));

        Assert.Equal(TokenStoreErrorCodes.DuplicateJti, (await RefusedAsync(store.StoreAsync("family", "user-1", In(5)))).Code);
        Assert.Equal(TokenStoreErrorCodes.DuplicateJti, (await RefusedAsync(families.StoreRotatableAsync("plain", "user-1", In(5)))).Code);
        Assert.Equal(2, await store.RevokeAllForUserAsync("user-1"));
    }

    [Fact]
    public async Task Of_many_that_rotate_one_token_at_once_at_most_one_succeeds_and_the_family_ends()
    {
        var (store, families) = await CreateFamiliesAsync();
        await families.StoreRotatableAsync("one", "user-1", In(5));

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => Task.Run(() => families.RotateAsync("one", $"two-{i}", In(5)).AsTask()))
        );

        Assert.InRange(outcomes.Count(outcome => outcome is RotationOutcome.Rotated), 0, 1);
        Assert.Equal(7, outcomes.Count(outcome => outcome is RotationOutcome.ReuseDetected));
        Assert.Empty(await ListAsync(store, "user-1"));
        Assert.Equal(0, await store.RevokeAllForUserAsync("user-1"));
    }

    private async Task<(ITokenStore Store, ITokenFamilies Families)> CreateFamiliesAsync()
    {
        var store = await CreateAsync();
        return (store, Assert.IsType<ITokenFamilies>(store, exactMatch: false));
    }
}
