using System.Text.Json.Serialization;
using DocumentPipeline;
using LedgerLift.Storage;

namespace UploadHost;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(RevokeRequest))]
[JsonSerializable(typeof(PresignRequest))]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(WebhookRequest))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(RevokeAnswer))]
[JsonSerializable(typeof(RevokeAllAnswer))]
[JsonSerializable(typeof(PresignAnswer))]
[JsonSerializable(typeof(MultipartAnswer))]
[JsonSerializable(typeof(PartAnswer))]
[JsonSerializable(typeof(PartListAnswer))]
[JsonSerializable(typeof(CompletedAnswer))]
[JsonSerializable(typeof(DocumentAnswer))]
[JsonSerializable(typeof(DocumentListAnswer))]
[JsonSerializable(typeof(EventListAnswer))]
[JsonSerializable(typeof(ArtifactListAnswer))]
[JsonSerializable(typeof(StatisticsAnswer))]
[JsonSerializable(typeof(WebhookAnswer))]
[JsonSerializable(typeof(PageSettingsAnswer))]
[JsonSerializable(typeof(FieldError[]))]
[JsonSerializable(typeof(UploadDifference[]))]
internal sealed partial class HostJson : JsonSerializerContext;
