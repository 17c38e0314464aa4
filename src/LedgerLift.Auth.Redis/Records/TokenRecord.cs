namespace LedgerLift.Auth.Redis;

/// <summary>What the server keeps of a token, from its store to its expiry, without a change.</summary>
/// <param name="Jti">The token's id.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="CreatedAt">When it was stored.</param>
/// <param name="ExpiresAt">The first instant at which it no longer counts.</param>
/// <param name="FamilyId">The jti of its family's first token; null for a token of its own.</param>
/// <param name="Nonce">Which call wrote the record, so that a call whose answer was lost knows its own write again.</param>
internal sealed record TokenRecord(
    string Jti,
    string UserId,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    string? FamilyId,
    string Nonce
)
{
    internal bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;

    /// <summary>The entry of the user's set that decides whether the token is live.</summary>
    internal StackExchange.Redis.RedisValue Member =>
        FamilyId is null ? TokenMember.Token(TokenHash.Of(Jti)) : TokenMember.Family(TokenHash.Of(FamilyId));

    internal bool HasValuesOf(TokenRecord other) =>
        ExpiresAt == other.ExpiresAt
        && string.Equals(UserId, other.UserId, StringComparison.Ordinal)
        && string.Equals(FamilyId, other.FamilyId, StringComparison.Ordinal);

    internal StoredToken ToToken(bool revoked) => new(Jti, UserId, CreatedAt, ExpiresAt, revoked, FamilyId);

    /// <summary>Shows nothing: the jti is a secret.</summary>
    public override string ToString() => nameof(TokenRecord);
}
