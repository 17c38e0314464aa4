using System.Text.Json.Serialization;

namespace LedgerLift.Auth.Redis;

/// <summary>JSON without reflection.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenRecordDocument))]
internal sealed partial class AuthRedisJsonContext : JsonSerializerContext;
