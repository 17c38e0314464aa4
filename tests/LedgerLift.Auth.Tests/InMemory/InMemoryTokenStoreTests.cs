using LedgerLift.Testing;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Auth.Tests;

public sealed class InMemoryTokenStoreTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Pushes_out_the_oldest_over_all_users()
    {
        var store = Create(maxEntries: 3);
        await store.StoreAsync("one", "ann", In(5));
        await store.StoreAsync("two", "bob", In(5));
        await store.StoreAsync("three", "ann", In(5));

        await store.StoreAsync("four", "cy", In(5));

        Assert.Equal(3, store.Count);
        Assert.Null(await store.FindAsync("one"));
        Assert.True(await store.IsActiveAsync("two", "bob"));
        Assert.Equal(1, await store.RevokeAllForUserAsync("ann"));
    }

    [Fact]
    public async Task Pushes_out_an_expired_entry_before_a_live_one()
    {
        var store = Create(maxEntries: 3);
        await store.StoreAsync("oldest", "ann", In(5));
        await store.StoreAsync("short", "ann", In(1));
        await store.StoreAsync("young", "ann", In(5));
        _clock.Advance(TimeSpan.FromMinutes(1));

        await store.StoreAsync("new", "ann", In(5));

        Assert.True(await store.IsActiveAsync("oldest", "ann"));
        Assert.Equal(3, store.Count);
    }

    [Fact]
    public async Task Finding_a_token_does_not_keep_it_longer()
    {
        var store = Create(maxEntries: 2);
        await store.StoreAsync("one", "ann", In(5));
        await store.StoreAsync("two", "ann", In(5));
        await store.FindAsync("one");

        await store.StoreAsync("three", "ann", In(5));

        Assert.Null(await store.FindAsync("one"));
        Assert.NotNull(await store.FindAsync("two"));
    }

    [Fact]
    public async Task A_store_of_one_entry_works()
    {
        var store = Create(maxEntries: 1);
        await store.StoreRotatableAsync("one", "ann", In(5));

        Assert.Equal(RotationOutcome.Rotated, await store.RotateAsync("one", "two", In(5)));
        Assert.True(await store.IsActiveAsync("two", "ann"));
        Assert.Null(await store.FindAsync("one"));
        await store.StoreAsync("three", "bob", In(5));
        Assert.Equal(1, store.Count);
        Assert.Equal(1, store.UserCount);
    }

    [Fact]
    public async Task An_expired_jti_may_be_stored_again()
    {
        var store = Create();
        await store.StoreAsync("one", "ann", In(1));
        _clock.Advance(TimeSpan.FromMinutes(1));

        await store.StoreAsync("one", "bob", In(1));

        Assert.True(await store.IsActiveAsync("one", "bob"));
        Assert.Equal(0, await store.RevokeAllForUserAsync("ann"));
    }

    [Fact]
    public async Task A_reuse_after_the_successor_expired_touches_nothing_else()
    {
        var store = Create();
        await store.StoreRotatableAsync("one", "ann", In(60));
        await store.RotateAsync("one", "two", In(1));
        await store.StoreAsync("plain", "ann", In(60));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, store.Count);

        Assert.Equal(RotationOutcome.ReuseDetected, await store.RotateAsync("one", "three", In(5)));

        Assert.True(await store.IsActiveAsync("plain", "ann"));
        Assert.Equal(1, store.UserCount);
        Assert.Equal(1, await store.RevokeAllForUserAsync("ann"));
    }

    [Fact]
    public async Task Nothing_is_left_of_a_user_without_tokens()
    {
        var store = Create();
        await store.StoreAsync("expires", "ann", In(1));
        await store.StoreAsync("revoked", "bob", In(5));
        await store.StoreAsync("all", "cy", In(5));
        await store.StoreRotatableAsync("rotated", "dot", In(5));
        await store.RotateAsync("rotated", "second", In(5));
        await store.RevokeAsync("revoked");
        await store.RevokeAllForUserAsync("cy");
        await store.RevokeAsync("second");
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(4, store.Count);
        Assert.Equal(0, store.UserCount);

        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(0, store.Count);
        Assert.Equal(0, store.Held);
    }

    [Fact]
    public async Task Nothing_is_left_of_users_who_were_pushed_out()
    {
        var store = Create(maxEntries: 10);
        for (var i = 0; i < 1000; i++)
            await store.StoreAsync($"jti-{i}", $"user-{i}", In(5));

        Assert.Equal(10, store.Count);
        Assert.Equal(10, store.UserCount);
    }

    [Fact]
    public async Task Expired_entries_do_not_pile_up_behind_reads()
    {
        var store = Create();
        for (var i = 0; i < 1000; i++)
            await store.StoreAsync($"short-{i}", "ann", In(1));
        _clock.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 500; i++)
            await store.StoreAsync($"long-{i}", "bob", In(5));

        Assert.Equal(500, store.Held);
    }

    [Fact]
    public async Task A_clock_set_back_ends_no_live_token_and_lets_tokens_expire_on_time()
    {
        var store = Create();
        await store.StoreAsync("first", "ann", In(30));
        _clock.Advance(TimeSpan.FromMinutes(20));
        await store.StoreAsync("second", "ann", In(1));
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, store.Count);
        _clock.StepWallClock(TimeSpan.FromMinutes(-25));

        await store.StoreAsync("third", "ann", In(10));
        Assert.True(await store.IsActiveAsync("first", "ann"));
        Assert.True(await store.IsActiveAsync("third", "ann"));

        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.False(await store.IsActiveAsync("third", "ann"));
        Assert.Equal(1, await store.RevokeAllForUserAsync("ann"));
        Assert.Equal(1, store.Count);
    }

    [Theory]
    [InlineData(0, 0, "MaxEntries")]
    [InlineData(-1, 0, "MaxEntries")]
    [InlineData(1, -1, "MaxActiveTokensPerUser")]
    public void Refuses_options_out_of_range(int maxEntries, int maxPerUser, string option)
    {
        var options = new InMemoryTokenStoreOptions { MaxEntries = maxEntries, MaxActiveTokensPerUser = maxPerUser };

        var exception = Assert.Throws<ArgumentException>(() => new InMemoryTokenStore(options));

        Assert.Equal("options", exception.ParamName);
        Assert.Contains(option, exception.Message, StringComparison.Ordinal);
        Assert.Contains($"{Math.Min(maxEntries, maxPerUser)}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_all_faults_of_its_options_at_once()
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            new InMemoryTokenStore(new InMemoryTokenStoreOptions { MaxEntries = 0, MaxActiveTokensPerUser = -2 })
        );

        Assert.Contains("MaxEntries", exception.Message, StringComparison.Ordinal);
        Assert.Contains("MaxActiveTokensPerUser", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_the_documented_defaults_and_takes_the_edges()
    {
        var options = new InMemoryTokenStoreOptions();

        Assert.Equal(100_000, options.MaxEntries);
        Assert.Equal(0, options.MaxActiveTokensPerUser);
        Assert.Equal(0, new InMemoryTokenStore().Count);
        Assert.Equal(
            0,
            new InMemoryTokenStore(new InMemoryTokenStoreOptions { MaxEntries = int.MaxValue, MaxActiveTokensPerUser = int.MaxValue }).Count
        );
    }

    [Fact]
    public async Task Reads_its_options_once()
    {
        var options = new InMemoryTokenStoreOptions { MaxEntries = 1 };
        var store = new InMemoryTokenStore(options, _clock);
        options.MaxEntries = 10;

        await store.StoreAsync("one", "ann", In(5));
        await store.StoreAsync("two", "ann", In(5));

        Assert.Equal(1, store.Count);
    }

    [Fact]
    public async Task Warns_of_a_reused_token_without_naming_it()
    {
        var logs = new LogRecorder();
        var store = new InMemoryTokenStore(null, _clock, new Logger<InMemoryTokenStore>(logs));
        await store.StoreRotatableAsync("jti-one", "user-ann", In(5));
        await store.RotateAsync("jti-one", "jti-two", In(5));
        await store.RotateAsync("jti-one", "jti-three", In(5));

        var record = Assert.Single(logs.Records);
        Assert.Equal(4001, record.EventId.Id);
        Assert.DoesNotContain("jti-", record.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ann", record.Message, StringComparison.Ordinal);
    }

    private InMemoryTokenStore Create(int maxEntries = 100_000) => new(new InMemoryTokenStoreOptions { MaxEntries = maxEntries }, _clock);

    private DateTimeOffset In(double minutes) => _clock.GetUtcNow().AddMinutes(minutes);
}
