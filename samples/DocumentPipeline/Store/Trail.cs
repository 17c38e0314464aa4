using System.Text.Json;
using System.Text.Json.Nodes;
using LedgerLift.Auditing;

namespace DocumentPipeline;

/// <summary>
/// Makes the audit actions of this pipeline, and reads them back as events. Both homes of the documents write what is made
/// here, so the trail says the same wherever it is kept.
/// </summary>
internal static class Trail
{
    private const string Message = "message";

    /// <summary>An upload was registered and is a document now.</summary>
    public static AuditAction Registered(Document document, Actor actor)
    {
        var facts = new JsonObject
        {
            ["key"] = document.Key,
            ["contentType"] = document.ContentType,
            ["fileSize"] = document.FileSize,
            ["sha256"] = document.Sha256,
        };
        return Of(document.Id, TrailActions.Reached(DocumentStatus.Uploaded), actor, "The document was registered.", facts);
    }

    /// <summary>A user or another service moved a document on.</summary>
    public static AuditAction Moved(Guid documentId, DocumentStatus to, string? message, Actor actor) =>
        Of(documentId, TrailActions.Reached(to), actor, message);

    /// <summary>Its owner deleted a document.</summary>
    public static AuditAction Deleted(Guid documentId, Actor actor) =>
        Of(documentId, TrailActions.Deleted, actor, "The document was deleted.");

    /// <summary>A worker took a document, from the queue or from a worker that went silent.</summary>
    public static AuditAction Taken(Guid documentId, bool isTakenOver, int attempt) =>
        Of(
            documentId,
            isTakenOver ? TrailActions.TakenOver : TrailActions.Reached(DocumentStatus.Processing),
            Actor.Service,
            isTakenOver ? "The worker that held the document went silent; another one goes on." : "A worker took the document.",
            new JsonObject { ["attempt"] = attempt }
        );

    /// <summary>A worker read a document to its end.</summary>
    public static AuditAction Completed(WorkItem item, Extraction found) =>
        Of(
            item.Document.Id,
            TrailActions.Reached(DocumentStatus.Completed),
            Actor.Service,
            found.Note ?? "The document was read.",
            new JsonObject { ["artifacts"] = found.Artifacts.Count, ["attempt"] = item.Attempt }
        );

    /// <summary>A worker gave a document back: for another try, or for good when <paramref name="retryAfter"/> is null.</summary>
    public static AuditAction GivenBack(WorkItem item, string reason, TimeSpan? retryAfter)
    {
        var facts = new JsonObject { ["attempt"] = item.Attempt };
        if (retryAfter is { } wait)
            facts["retryAfterSeconds"] = Math.Round(wait.TotalSeconds, 3);
        return Of(item.Document.Id, TrailActions.Reached(StatusAfter(retryAfter)), Actor.Service, reason, facts);
    }

    /// <summary>Where a document that was given back goes.</summary>
    public static DocumentStatus StatusAfter(TimeSpan? retryAfter) => retryAfter is null ? DocumentStatus.Failed : DocumentStatus.Retrying;

    /// <summary>Something happened to an upload that is no document yet.</summary>
    public static AuditAction Reserved(string action, UploadReservation reservation, Actor actor) =>
        Noted(action, TrailActions.UploadType, reservation.Key, actor);

    /// <summary>Something happened to what is no document.</summary>
    public static AuditAction Noted(string action, string resourceType, string? resourceId, Actor actor) =>
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

    private static AuditAction Of(Guid documentId, string action, Actor actor, string? message, JsonObject? metadata = null)
    {
        var details = metadata ?? [];
        if (message is not null)
            details[Message] = message;
        return Noted(action, TrailActions.DocumentType, documentId.ToString(), actor) with
        {
            Details = details.Count == 0 ? null : Element(details),
        };
    }

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
