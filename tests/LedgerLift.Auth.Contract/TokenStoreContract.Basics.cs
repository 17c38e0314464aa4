namespace LedgerLift.Auth.Contract;

public abstract partial class TokenStoreContract
{
    public static TheoryData<string?> BlankIds => [(string?)null, "", " ", "\t\r\n", "\u2003\u00a0"];

    // No theory: a runner that passes data between processes would replace a lone surrogate on the way.
    private static string[] ImpossibleIds => [new('x', 257), new('é', 129), "lone \ud83d surrogate", "\udc00"];

    [Fact]
    public async Task Finds_what_was_stored_and_calls_it_active()
    {
        var store = await CreateAsync();

        await store.StoreAsync("jti-1", "user-1", In(5));

        Assert.Equal(new StoredToken("jti-1", "user-1", Start, In(5)), await store.FindAsync("jti-1"));
        Assert.True(await store.IsActiveAsync("jti-1"));
        Assert.True(await store.IsActiveAsync("jti-1", "user-1"));
    }

    [Fact]
    public async Task Knows_nothing_of_other_tokens()
    {
        var store = await CreateAsync();
        await store.StoreAsync("jti-1", "user-1", In(5));

        Assert.Null(await store.FindAsync("jti-2"));
        Assert.False(await store.IsActiveAsync("jti-2"));
        Assert.False(await store.IsActiveAsync("jti-2", "user-1"));
        Assert.Equal(RevokeOutcome.NotFound, await store.RevokeAsync("jti-2"));
        Assert.Equal(0, await store.RevokeAllForUserAsync("user-2"));
        Assert.Empty(await ListAsync(store, "user-2"));
    }

    [Theory]
    [InlineData("user-2")]
    [InlineData("USER-1")]
    [InlineData("user-1 ")]
    public async Task Is_not_active_for_another_user(string other)
    {
        var store = await CreateAsync();
        await store.StoreAsync("jti-1", "user-1", In(5));

        Assert.False(await store.IsActiveAsync("jti-1", other));
    }

    [Theory]
    [MemberData(nameof(BlankIds))]
    public async Task Refuses_a_blank_id_in_every_operation(string? blank)
    {
        var store = await CreateAsync();

        await RefusesAsync("jti", () => store.StoreAsync(blank!, "user-1", In(5)));
        await RefusesAsync("userId", () => store.StoreAsync("jti-1", blank!, In(5)));
        await RefusesAsync("Jti", () => store.StoreManyAsync([new("jti-1", "user-1", In(5)), new(blank!, "user-1", In(5))]));
        await RefusesAsync("UserId", () => store.StoreManyAsync([new("jti-1", "user-1", In(5)), new("jti-2", blank!, In(5))]));
        await RefusesAsync("jti", () => store.FindAsync(blank!));
        await RefusesAsync("jti", () => store.IsActiveAsync(blank!));
        await RefusesAsync("jti", () => store.IsActiveAsync(blank!, "user-1"));
        if (blank is not null)
            await RefusesAsync("userId", () => store.IsActiveAsync("jti-1", blank));
        await RefusesAsync("jti", () => store.RevokeAsync(blank!));
        await RefusesAsync("userId", () => store.RevokeAllForUserAsync(blank!));
        Assert.Equal("userId", Assert.ThrowsAny<ArgumentException>(() => store.ListActiveAsync(blank!)).ParamName);
        Assert.Null(await store.FindAsync("jti-1"));
    }

    [Fact]
    public async Task Refuses_to_store_an_impossible_id_and_never_finds_one()
    {
        var store = await CreateAsync();

        foreach (var id in ImpossibleIds)
        {
            await RefusesAsync("jti", () => store.StoreAsync(id, "user-1", In(5)));
            await RefusesAsync("userId", () => store.StoreAsync("jti-1", id, In(5)));
            Assert.Null(await store.FindAsync(id));
            Assert.False(await store.IsActiveAsync(id));
            Assert.False(await store.IsActiveAsync(id, "user-1"));
            Assert.False(await store.IsActiveAsync("jti-1", id));
            Assert.Equal(RevokeOutcome.NotFound, await store.RevokeAsync(id));
            Assert.Equal(0, await store.RevokeAllForUserAsync(id));
            Assert.Empty(await ListAsync(store, id));
        }
    }

    [Fact]
    public async Task Refuses_an_expiry_that_is_not_in_the_future()
    {
        var store = await CreateAsync();
        var now = Clock.GetUtcNow();

        await RefusesAsync("expiresAt", () => store.StoreAsync("jti-1", "user-1", now));
        await RefusesAsync("expiresAt", () => store.StoreAsync("jti-1", "user-1", now.AddDays(-1)));
        await RefusesAsync("expiresAt", () => store.StoreAsync("jti-1", "user-1", now.AddTicks(TimeSpan.TicksPerMillisecond - 1)));
        await RefusesAsync("ExpiresAt", () => store.StoreManyAsync([new("jti-1", "user-1", In(5)), new("jti-2", "user-1", now)]));
        Assert.Null(await store.FindAsync("jti-1"));
    }

    [Fact]
    public async Task Keeps_milliseconds_in_UTC()
    {
        var store = await CreateAsync();
        var expiry = In(5).AddTicks(9_999).ToOffset(TimeSpan.FromHours(14));

        await store.StoreAsync("jti-1", "user-1", expiry);

        var found = await store.FindAsync("jti-1");
        Assert.Equal(In(5), found!.ExpiresAt);
        Assert.Equal(TimeSpan.Zero, found.ExpiresAt.Offset);
        Assert.Equal(TimeSpan.Zero, found.CreatedAt.Offset);
    }

    [Fact]
    public async Task Counts_until_its_expiry_and_not_at_it()
    {
        var store = await CreateAsync();
        await store.StoreAsync("jti-1", "user-1", In(5));

        Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.True(await store.IsActiveAsync("jti-1", "user-1"));

        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(await store.IsActiveAsync("jti-1", "user-1"));
        Assert.False(await store.IsActiveAsync("jti-1"));
        Assert.Null(await store.FindAsync("jti-1"));
        Assert.Equal(RevokeOutcome.NotFound, await store.RevokeAsync("jti-1"));
        Assert.Empty(await ListAsync(store, "user-1"));
    }

    [Fact]
    public async Task Storing_the_same_token_again_changes_nothing()
    {
        var store = await CreateAsync();
        await store.StoreAsync("jti-1", "user-1", In(5));
        var expiry = In(5);
        Clock.Advance(TimeSpan.FromSeconds(10));

        await store.StoreAsync("jti-1", "user-1", expiry);

        Assert.Equal(Start, (await store.FindAsync("jti-1"))!.CreatedAt);
        Assert.Equal(1, await store.RevokeAllForUserAsync("user-1"));
    }

    [Fact]
    public async Task Refuses_a_known_jti_with_other_values()
    {
        var store = await CreateAsync();
        await store.StoreAsync("jti-1", "user-1", In(5));

        Assert.Equal(TokenStoreErrorCodes.DuplicateJti, (await RefusedAsync(store.StoreAsync("jti-1", "user-2", In(5)))).Code);
        Assert.Equal(TokenStoreErrorCodes.DuplicateJti, (await RefusedAsync(store.StoreAsync("jti-1", "user-1", In(6)))).Code);
        Assert.False((await RefusedAsync(store.StoreAsync("jti-1", "user-2", In(5)))).IsTransient);
        Assert.True(await store.IsActiveAsync("jti-1", "user-1"));
        Assert.False(await store.IsActiveAsync("jti-1", "user-2"));
        Assert.Equal(0, await store.RevokeAllForUserAsync("user-2"));
    }

    [Fact]
    public async Task A_revoked_jti_never_comes_back()
    {
        var store = await CreateAsync();
        await store.StoreAsync("one", "user-1", In(5));
        await store.StoreAsync("all", "user-1", In(5));
        await store.RevokeAsync("one");
        await store.RevokeAllForUserAsync("user-1");

        Assert.Equal(TokenStoreErrorCodes.DuplicateJti, (await RefusedAsync(store.StoreAsync("one", "user-1", In(5)))).Code);
        Assert.Equal(TokenStoreErrorCodes.DuplicateJti, (await RefusedAsync(store.StoreAsync("all", "user-1", In(5)))).Code);
        Assert.False(await store.IsActiveAsync("one", "user-1"));
        Assert.False(await store.IsActiveAsync("all", "user-1"));
    }

    [Fact]
    public async Task A_message_never_shows_a_jti()
    {
        var store = await CreateAsync();
        await store.StoreAsync("secret-jti", "user-1", In(5));

        Assert.DoesNotContain(
            "secret-jti",
            (await RefusedAsync(store.StoreAsync("secret-jti", "user-2", In(5)))).ToString(),
            StringComparison.Ordinal
        );
        var argument = await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            store.StoreAsync("secret-jti" + new string('x', 300), "user-2", In(5)).AsTask()
        );
        Assert.DoesNotContain("secret-jti", argument.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled()
    {
        var store = await CreateAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await CancelledAsync(() => store.StoreAsync("jti-1", "user-1", In(5), cancelled.Token));
        await CancelledAsync(() => store.StoreManyAsync([new("jti-1", "user-1", In(5))], cancelled.Token));
        await CancelledAsync(() => store.FindAsync("jti-1", cancelled.Token));
        await CancelledAsync(() => store.IsActiveAsync("jti-1", cancellationToken: cancelled.Token));
        await CancelledAsync(() => store.IsActiveAsync("jti-1", "user-1", cancelled.Token));
        await CancelledAsync(() => store.RevokeAsync("jti-1", cancelled.Token));
        await CancelledAsync(() => store.RevokeAllForUserAsync("user-1", cancelled.Token));
        await CancelledAsync(async Task () =>
        {
            await foreach (var _ in store.ListActiveAsync("user-1", cancelled.Token))
                Assert.Fail("A cancelled enumeration gave an element.");
        });
        Assert.Null(await store.FindAsync("jti-1"));
    }

    private static Task RefusesAsync(string parameter, Func<ValueTask> call) => RefusesAsync(parameter, async Task () => await call());

    private static Task RefusesAsync<T>(string parameter, Func<ValueTask<T>> call) =>
        RefusesAsync(parameter, async Task () => await call());

    private static async Task RefusesAsync(string parameter, Func<Task> call)
    {
        var exception = await Assert.ThrowsAnyAsync<ArgumentException>(call);
        Assert.Equal(parameter, exception.ParamName);
        Assert.NotEmpty(exception.Message);
    }

    private static Task CancelledAsync(Func<ValueTask> call) => CancelledAsync(async Task () => await call());

    private static Task CancelledAsync<T>(Func<ValueTask<T>> call) => CancelledAsync(async Task () => await call());

    private static async Task CancelledAsync(Func<Task> call) => await Assert.ThrowsAnyAsync<OperationCanceledException>(call);
}
