using System.Text.Json;
using System.Text.Json.Nodes;
using LedgerLift.Auditing;

namespace DocumentPipeline;

/// <summary>Makes the audit actions of this pipeline, and reads them back as events.</summary>
internal static class Trail
{
    private const string Message = "message";

    /// <summary>Something happened to a document.</summary>
    public static AuditAction Of(Guid documentId, string action, Actor actor, string? message = null, JsonObject? metadata = null)
    {
        var details = metadata ?? [];
        if (message is not null)
            details[Message] = message;
        return new AuditAction(action, TrailActions.DocumentType)
        {
            ResourceId = documentId.ToString(),
            UserId = actor.UserId,
            IpAddress = actor.IpAddress,
            UserAgent = actor.UserAgent,
            Details = details.Count == 0 ? null : Element(details),
        };
    }

    /// <summary>Something happened to what is no document.</summary>
    public static AuditAction Of(string action, string resourceType, string? resourceId, Actor actor) =>
        new(action, resourceType)
        {
            ResourceId = resourceId,
            UserId = actor.UserId,
            IpAddress = actor.IpAddress,
            UserAgent = actor.UserAgent,
        };

    /// <summary>The entry as the document's owner sees it.</summary>
    public static DocumentEvent ToEvent(AuditEntry entry, Guid documentId) =>
        new(entry.Id, documentId, entry.Action, MessageOf(entry.Details), entry.Timestamp)
        {
            Metadata = entry.Details,
            RequestId = entry.RequestId,
        };

    private static string? MessageOf(JsonElement? details) =>
        details is { ValueKind: JsonValueKind.Object } found
        && found.TryGetProperty(Message, out var message)
        && message.ValueKind == JsonValueKind.String
            ? message.GetString()
            : null;

    private static JsonElement Element(JsonObject details)
    {
        using var document = JsonDocument.Parse(details.ToJsonString());
        return document.RootElement.Clone();
    }
}
