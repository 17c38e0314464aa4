using System.Text.Json.Serialization;

namespace LedgerLift.Auth;

/// <summary>JSON without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false
)]
[JsonSerializable(typeof(StoredTokenDocument))]
internal sealed partial class AuthJsonContext : JsonSerializerContext;
