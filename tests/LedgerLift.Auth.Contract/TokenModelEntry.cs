using System.Globalization;

namespace LedgerLift.Auth.Contract;

/// <summary>One token of the <see cref="TokenStoreModel"/>.</summary>
internal sealed class TokenModelEntry(string jti, string userId, TimeSpan expiresAt, string? familyId, int family)
{
    public string Jti { get; } = jti;

    public string UserId { get; } = userId;

    public TimeSpan ExpiresAt { get; } = expiresAt;

    public string? FamilyId { get; } = familyId;

    /// <summary>Which family; a jti may name a second one after it was forgotten. 0: none.</summary>
    public int Family { get; } = family;

    public bool Live { get; set; } = true;

    public string? Successor { get; set; }

    public TokenModelEntry Clone() => new(Jti, UserId, ExpiresAt, FamilyId, Family) { Live = Live, Successor = Successor };

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Jti},{UserId},{ExpiresAt.Ticks},{FamilyId},{Family},{Live},{Successor}");
}
