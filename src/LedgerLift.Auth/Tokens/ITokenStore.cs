namespace LedgerLift.Auth;

/// <summary>Knows which tokens count. A token that a store does not know does not count: losing an entry logs a user out, never in.</summary>
/// <remarks>
/// <para>Safe to use from any thread. Every operation refuses a blank id with an <see cref="ArgumentException"/>; an id that is too long or ill-formed can belong to no token and is simply not found.</para>
/// <para>Every operation may throw a <see cref="TokenStoreException"/> when the store cannot be reached, and an <see cref="OperationCanceledException"/> for the caller's own token. A caller must treat both as "not active".</para>
/// </remarks>
public interface ITokenStore
{
    /// <summary>Makes a token known and live.</summary>
    /// <param name="jti">The token's id: not blank, at most <see cref="StoredToken.MaxIdBytes"/> bytes. Must be unguessable and never used twice.</param>
    /// <param name="userId">Whose token it is: the same limits.</param>
    /// <param name="expiresAt">The first instant at which it no longer counts; must lie in the future, milliseconds count.</param>
    /// <param name="cancellationToken">Stops waiting; the token may or may not have been stored.</param>
    /// <returns>Completes when the token is live. Storing the same live token again changes nothing.</returns>
    /// <exception cref="ArgumentException">An id is blank, ill-formed or too long, or the expiry is not in the future.</exception>
    /// <exception cref="TokenStoreException">The jti is known with other values or was revoked (<see cref="TokenStoreErrorCodes.DuplicateJti"/>), or the store failed.</exception>
    ValueTask StoreAsync(string jti, string userId, DateTimeOffset expiresAt, CancellationToken cancellationToken = default);

    /// <summary>Stores several tokens, as <see cref="StoreAsync"/> does for each. The stores of LedgerLift check all of them before they store the first, and the one on Redis sends them together; this default stores one after the other.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="cancellationToken">Stops waiting; some may have been stored.</param>
    /// <returns>Completes when all are live.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="tokens"/> is null.</exception>
    /// <exception cref="ArgumentException">One of them is bad.</exception>
    /// <exception cref="TokenStoreException">The first failure; the other tokens may have been stored.</exception>
    async ValueTask StoreManyAsync(IReadOnlyCollection<TokenRegistration> tokens, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        foreach (var token in tokens)
            await StoreAsync(token.Jti, token.UserId, token.ExpiresAt, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks a token up.</summary>
    /// <param name="jti">The token's id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The token, a revoked one with <see cref="StoredToken.Revoked"/> true until it expires; null when it is unknown or expired.</returns>
    /// <exception cref="ArgumentException"><paramref name="jti"/> is blank.</exception>
    /// <exception cref="TokenStoreException">The store failed.</exception>
    ValueTask<StoredToken?> FindAsync(string jti, CancellationToken cancellationToken = default);

    /// <summary>Whether a token counts now: known, not revoked, not expired.</summary>
    /// <param name="jti">The token's id.</param>
    /// <param name="userId">Whose token it must be; null to accept any user's. Naming the user saves a Redis store one round trip.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>True only when the store is certain.</returns>
    /// <exception cref="ArgumentException"><paramref name="jti"/> is blank, or <paramref name="userId"/> is given and blank.</exception>
    /// <exception cref="TokenStoreException">The store failed. The answer is not yes.</exception>
    ValueTask<bool> IsActiveAsync(string jti, string? userId = null, CancellationToken cancellationToken = default);

    /// <summary>Ends a token for ever; for a token of a family, live or already replaced, the family's live one.</summary>
    /// <param name="jti">The token's id.</param>
    /// <param name="cancellationToken">Stops waiting; the token may or may not have been revoked.</param>
    /// <returns>What this call did.</returns>
    /// <exception cref="ArgumentException"><paramref name="jti"/> is blank.</exception>
    /// <exception cref="TokenStoreException">The store failed; calling again is safe.</exception>
    ValueTask<RevokeOutcome> RevokeAsync(string jti, CancellationToken cancellationToken = default);

    /// <summary>Ends all live tokens of a user at one instant.</summary>
    /// <param name="userId">Whose tokens.</param>
    /// <param name="cancellationToken">Stops waiting; they may or may not have been revoked.</param>
    /// <returns>Exactly how many live tokens this call ended. A token stored at the same time is either counted here or live afterwards, never both and never neither; concurrent calls divide the tokens among them.</returns>
    /// <exception cref="ArgumentException"><paramref name="userId"/> is blank.</exception>
    /// <exception cref="TokenStoreException">The store failed; calling again is safe, but may count 0 for tokens that the failed call ended.</exception>
    ValueTask<int> RevokeAllForUserAsync(string userId, CancellationToken cancellationToken = default);

    /// <summary>The user's live tokens, the one that expires soonest first.</summary>
    /// <param name="userId">Whose tokens.</param>
    /// <param name="cancellationToken">Stops the enumeration.</param>
    /// <returns>Each token was live at some instant after the enumeration began.</returns>
    /// <exception cref="ArgumentException"><paramref name="userId"/> is blank; thrown by the call itself.</exception>
    /// <exception cref="TokenStoreException">The store failed; thrown by the enumeration.</exception>
    IAsyncEnumerable<StoredToken> ListActiveAsync(string userId, CancellationToken cancellationToken = default);
}
