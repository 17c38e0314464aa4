namespace LedgerLift.Auth.Tests;

public sealed class ITokenStoreTests
{
    [Fact]
    public async Task A_store_that_knows_nothing_of_many_stores_them_one_by_one()
    {
        var expiry = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var plain = new PlainStore();
        ITokenStore store = plain;

        await store.StoreManyAsync([new("one", "ann", expiry), new("two", "bob", expiry)]);

        Assert.Equal(["one ann", "two bob"], plain.Stored);
        await Assert.ThrowsAsync<ArgumentNullException>(() => store.StoreManyAsync(null!).AsTask());
    }

    private sealed class PlainStore : ITokenStore
    {
        public List<string> Stored { get; } = [];

        public ValueTask StoreAsync(string jti, string userId, DateTimeOffset expiresAt, CancellationToken cancellationToken = default)
        {
            Stored.Add($"{jti} {userId}");
            return ValueTask.CompletedTask;
        }

        public ValueTask<StoredToken?> FindAsync(string jti, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<bool> IsActiveAsync(string jti, string? userId = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<RevokeOutcome> RevokeAsync(string jti, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<int> RevokeAllForUserAsync(string userId, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<StoredToken> ListActiveAsync(string userId, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
