using LedgerLift.Auth;

namespace LedgerLift.AspNetCore.Tests;

/// <summary>A store that fails when it is told to.</summary>
internal sealed class FragileTokenStore(ITokenStore inner) : ITokenStore
{
    public Exception? Failure { get; set; }

    public StoredToken? Answer { get; set; }

    public int Asked { get; private set; }

    public ValueTask StoreAsync(string jti, string userId, DateTimeOffset expiresAt, CancellationToken cancellationToken = default) =>
        inner.StoreAsync(jti, userId, expiresAt, cancellationToken);

    public async ValueTask<StoredToken?> FindAsync(string jti, CancellationToken cancellationToken = default)
    {
        Asked++;
        await Task.Yield();
        return Failure is { } failure ? throw failure : Answer ?? await inner.FindAsync(jti, cancellationToken);
    }

    public ValueTask<bool> IsActiveAsync(string jti, string? userId = null, CancellationToken cancellationToken = default) =>
        inner.IsActiveAsync(jti, userId, cancellationToken);

    public ValueTask<RevokeOutcome> RevokeAsync(string jti, CancellationToken cancellationToken = default) =>
        inner.RevokeAsync(jti, cancellationToken);

    public ValueTask<int> RevokeAllForUserAsync(string userId, CancellationToken cancellationToken = default) =>
        inner.RevokeAllForUserAsync(userId, cancellationToken);

    public IAsyncEnumerable<StoredToken> ListActiveAsync(string userId, CancellationToken cancellationToken = default) =>
        inner.ListActiveAsync(userId, cancellationToken);
}
