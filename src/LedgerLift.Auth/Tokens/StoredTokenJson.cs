using System.Text.Json;

namespace LedgerLift.Auth;

/// <summary>Writes and reads tokens as JSON; a fault names the member and never shows its value.</summary>
internal static class StoredTokenJson
{
    private const string Argument = "json";

    internal static string Write(StoredToken token) =>
        JsonSerializer.Serialize(
            new StoredTokenDocument
            {
                Jti = token.Jti,
                UserId = token.UserId,
                CreatedAt = Instant.ToText(token.CreatedAt),
                ExpiresAt = Instant.ToText(token.ExpiresAt),
                Revoked = token.Revoked,
                FamilyId = token.FamilyId,
            },
            AuthJsonContext.Default.StoredTokenDocument
        );

    internal static StoredToken Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var document = Parse(json);
        return new StoredToken(
            Id(document.Jti, "jti"),
            Id(document.UserId, "userId"),
            At(document.CreatedAt, "createdAt"),
            At(document.ExpiresAt, "expiresAt"),
            document.Revoked ?? throw Fault("revoked", "is missing", Argument),
            document.FamilyId is null ? null : Id(document.FamilyId, "familyId")
        );
    }

    private static StoredTokenDocument Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, AuthJsonContext.Default.StoredTokenDocument)
                ?? throw new ArgumentException("A stored token must be a JSON object; it is null.", Argument);
        }
        catch (JsonException exception)
        {
            // The path holds names of members; the serializer's own message may quote what it could not read, so it does not become the inner exception.
#pragma warning disable MA0054
            throw new ArgumentException(
                $"A stored token must be a JSON object as ToJson writes it; it cannot be read at '{exception.Path ?? "$"}', byte {exception.BytePositionInLine ?? 0}.",
                Argument
            );
#pragma warning restore MA0054
        }
    }

    private static string Id(string? value, string member)
    {
        if (value is null)
            throw Fault(member, "is missing", Argument);
        if (string.IsNullOrWhiteSpace(value))
            throw Fault(member, "is blank", Argument);
        if (!TokenId.IsStorable(value))
            throw Fault(member, $"is ill-formed or longer than {StoredToken.MaxIdBytes} bytes", Argument);
        return value;
    }

    private static DateTimeOffset At(string? value, string member)
    {
        if (value is null)
            throw Fault(member, "is missing", Argument);
        return Instant.TryParse(value, out var instant)
            ? instant
            : throw Fault(member, "is not an ISO 8601 instant with an offset", Argument);
    }

    private static ArgumentException Fault(string member, string fault, string parameterName) =>
        new($"The stored token's member '{member}' {fault}.", parameterName);
}
