using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LedgerLift.Auth;

/// <summary>A token as a store knows it: whose it is, from when to when it counts, and whether it was revoked.</summary>
/// <remarks>
/// <para>Immutable and safe to use from any thread. Two tokens are equal when all their members are; ids compare ordinally.</para>
/// <para>
/// Instants are UTC with millisecond precision: an offset is converted, what is finer than a millisecond is cut off, so that memory, JSON and
/// Redis hold the very same value. Cutting makes a token expire up to a millisecond earlier, never later.
/// </para>
/// <para><see cref="ToString"/> shows neither the jti nor the family: whoever reads a log cannot use the token.</para>
/// </remarks>
public sealed record StoredToken
{
    /// <summary>The longest id in bytes of UTF-8, inclusive: 256.</summary>
    public const int MaxIdBytes = 256;

    /// <summary>Makes a token from its parts.</summary>
    /// <param name="jti">The token's id, as in RFC 7519 section 4.1.7. Not blank, well-formed UTF-16, at most <see cref="MaxIdBytes"/> bytes of UTF-8.</param>
    /// <param name="userId">Whose token it is. The same limits.</param>
    /// <param name="createdAt">When it was stored.</param>
    /// <param name="expiresAt">The first instant at which it no longer counts (exclusive end).</param>
    /// <param name="revoked">Whether it was revoked, or replaced by rotation. Default false.</param>
    /// <param name="familyId">The family it belongs to (the jti of the family's first token), or null for a token that cannot be rotated. The same limits as the jti.</param>
    /// <exception cref="ArgumentException">An id is null, blank, ill-formed or too long.</exception>
    public StoredToken(
        string jti,
        string userId,
        DateTimeOffset createdAt,
        DateTimeOffset expiresAt,
        bool revoked = false,
        string? familyId = null
    )
    {
        TokenId.ThrowIfInvalid(jti, nameof(jti));
        TokenId.ThrowIfInvalid(userId, nameof(userId));
        if (familyId is not null)
            TokenId.ThrowIfInvalid(familyId, nameof(familyId));

        Jti = jti;
        UserId = userId;
        CreatedAt = Instant.Truncate(createdAt);
        ExpiresAt = Instant.Truncate(expiresAt);
        Revoked = revoked;
        FamilyId = familyId;
    }

    private StoredToken(StoredToken token, bool revoked)
    {
        Jti = token.Jti;
        UserId = token.UserId;
        CreatedAt = token.CreatedAt;
        ExpiresAt = token.ExpiresAt;
        FamilyId = token.FamilyId;
        Revoked = revoked;
    }

    /// <summary>The token's id. Whoever holds it may act as the user: treat it as a secret.</summary>
    public string Jti { get; }

    /// <summary>Whose token it is.</summary>
    public string UserId { get; }

    /// <summary>When it was stored, UTC, milliseconds.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>The first instant at which it no longer counts, UTC, milliseconds (exclusive end).</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Whether it was revoked, or replaced by rotation. Default false.</summary>
    public bool Revoked { get; }

    /// <summary>The family it belongs to, that is the jti of the family's first token; null for a token that cannot be rotated. A secret like the jti.</summary>
    public string? FamilyId { get; }

    /// <summary>Whether a text can be the id of a token or of a user: not blank, well-formed UTF-16, at most <see cref="MaxIdBytes"/> bytes of UTF-8. One that cannot is found in no store.</summary>
    /// <param name="id">The text, or null.</param>
    /// <returns>True when a token with this id can be stored.</returns>
    public static bool CanBeId([NotNullWhen(true)] string? id) => !string.IsNullOrWhiteSpace(id) && TokenId.IsStorable(id);

    /// <summary>Writes the token as one JSON object with the members <c>jti</c>, <c>userId</c>, <c>createdAt</c>, <c>expiresAt</c>, <c>revoked</c> and, in a family, <c>familyId</c>.</summary>
    /// <returns>JSON without line breaks; instants as <c>2026-01-31T12:00:00.000Z</c>. Contains the jti: do not log it.</returns>
    public string ToJson() => StoredTokenJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote. Unknown members are ignored, so that an older reader understands a newer writer.</summary>
    /// <param name="json">One JSON object.</param>
    /// <returns>A token equal to the one written.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="ArgumentException">It is no JSON object, or a member is missing, duplicated or bad; the message names the member, never its value.</exception>
    public static StoredToken FromJson(string json) => StoredTokenJson.Read(json);

    /// <summary>User, instants and state; the jti and the family are hidden.</summary>
    /// <returns>Text for a log or a debugger.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{nameof(StoredToken)} {{ Jti = ***, UserId = {UserId}, CreatedAt = {CreatedAt:O}, ExpiresAt = {ExpiresAt:O}, Revoked = {Revoked} }}"
        );

    /// <summary>The same token, revoked.</summary>
    internal StoredToken AsRevoked() => Revoked ? this : new StoredToken(this, revoked: true);
}
