namespace LedgerLift.Auth;

/// <summary>Refresh tokens that are replaced at each use. A token that was replaced and turns up again is a stolen copy: its whole family ends.</summary>
/// <remarks>
/// <para>A family has one live token at a time. It counts as one token of its user for <see cref="ITokenStore.RevokeAllForUserAsync"/> and for the user's limit. The tokens are found, revoked and listed through <see cref="ITokenStore"/> like any other.</para>
/// <para>Safe to use from any thread. Both stores of LedgerLift implement it. After RFC 9700 section 4.14.2 (refresh token rotation).</para>
/// </remarks>
public interface ITokenFamilies
{
    /// <summary>Makes a token known and live that can be rotated; it names its family.</summary>
    /// <param name="jti">The token's id.</param>
    /// <param name="userId">Whose token it is.</param>
    /// <param name="expiresAt">The first instant at which it no longer counts; must lie in the future.</param>
    /// <param name="cancellationToken">Stops waiting; the token may or may not have been stored.</param>
    /// <returns>Completes when the token is live. Storing the same live token again changes nothing.</returns>
    /// <exception cref="ArgumentException">An id is blank, ill-formed or too long, or the expiry is not in the future.</exception>
    /// <exception cref="TokenStoreException">The jti is known with other values or was revoked (<see cref="TokenStoreErrorCodes.DuplicateJti"/>), or the store failed.</exception>
    ValueTask StoreRotatableAsync(string jti, string userId, DateTimeOffset expiresAt, CancellationToken cancellationToken = default);

    /// <summary>Replaces a live token of a family by a new one, or ends the family when the token was replaced before.</summary>
    /// <param name="jti">The token presented.</param>
    /// <param name="newJti">The id of its successor. Repeating a call with the same successor is answered as the first was, while that successor lives.</param>
    /// <param name="expiresAt">The first instant at which the successor no longer counts; must lie in the future.</param>
    /// <param name="cancellationToken">Stops waiting; the rotation may or may not have happened.</param>
    /// <returns>What this call did.</returns>
    /// <exception cref="ArgumentException">An id is blank, the new one is ill-formed, too long or equal to the old one, or the expiry is not in the future.</exception>
    /// <exception cref="TokenStoreException">The new jti is known already (<see cref="TokenStoreErrorCodes.DuplicateJti"/>), or the store failed.</exception>
    ValueTask<RotationOutcome> RotateAsync(
        string jti,
        string newJti,
        DateTimeOffset expiresAt,
        CancellationToken cancellationToken = default
    );
}
