using System.Text.Json.Serialization;

namespace LedgerLift.Storage;

/// <summary>JSON without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false
)]
[JsonSerializable(typeof(UploadCheckpointDocument))]
[JsonSerializable(typeof(ObjectRecord))]
[JsonSerializable(typeof(PartsRecord))]
internal sealed partial class StorageJsonContext : JsonSerializerContext;
