namespace LedgerLift.Auth;

/// <summary>The JSON shape of a token. Instants are text here, so that exactly one form is written and only forms with an offset are read.</summary>
internal sealed record StoredTokenDocument
{
    public string? Jti { get; init; }

    public string? UserId { get; init; }

    public string? CreatedAt { get; init; }

    public string? ExpiresAt { get; init; }

    public bool? Revoked { get; init; }

    public string? FamilyId { get; init; }
}
