using System.Text.Json;
using System.Text.Json.Serialization;

namespace UploadClient;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(PresignRequest))]
[JsonSerializable(typeof(PresignAnswer))]
[JsonSerializable(typeof(MultipartAnswer))]
[JsonSerializable(typeof(PartAnswer))]
[JsonSerializable(typeof(PartList))]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(CompletedAnswer))]
[JsonSerializable(typeof(DocumentAnswer))]
[JsonSerializable(typeof(DocumentList))]
[JsonSerializable(typeof(EventList))]
[JsonSerializable(typeof(RevokeAllAnswer))]
[JsonSerializable(typeof(WebhookRequest))]
[JsonSerializable(typeof(WebhookAnswer))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(UploadReport))]
[JsonSerializable(typeof(DocumentReport))]
[JsonSerializable(typeof(SavedUpload))]
internal sealed partial class ApiJson : JsonSerializerContext;
