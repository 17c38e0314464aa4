namespace LedgerLift.Auth;

/// <summary>One token to store, for <see cref="ITokenStore.StoreManyAsync"/>.</summary>
/// <param name="Jti">The token's id.</param>
/// <param name="UserId">Whose token it is.</param>
/// <param name="ExpiresAt">The first instant at which it no longer counts.</param>
public readonly record struct TokenRegistration(string Jti, string UserId, DateTimeOffset ExpiresAt)
{
    /// <summary>User and expiry; the jti is hidden.</summary>
    /// <returns>Text for a log or a debugger.</returns>
    public override string ToString() => $"{nameof(TokenRegistration)} {{ Jti = ***, UserId = {UserId}, ExpiresAt = {ExpiresAt:O} }}";
}
