using System.Text.Json.Serialization;

namespace LedgerLift.Auth.Redis;

/// <summary>The JSON of a record, in short names: it is kept a million times. Instants are milliseconds since 1970.</summary>
internal sealed record TokenRecordDocument
{
    [JsonPropertyName("j")]
    public string? Jti { get; init; }

    [JsonPropertyName("u")]
    public string? UserId { get; init; }

    [JsonPropertyName("c")]
    public long? CreatedAt { get; init; }

    [JsonPropertyName("e")]
    public long? ExpiresAt { get; init; }

    [JsonPropertyName("f")]
    public string? FamilyId { get; init; }

    [JsonPropertyName("n")]
    public string? Nonce { get; init; }
}
