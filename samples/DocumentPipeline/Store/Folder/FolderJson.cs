using System.Text.Json.Serialization;

namespace DocumentPipeline;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ChangeSet))]
internal sealed partial class FolderJson : JsonSerializerContext;
