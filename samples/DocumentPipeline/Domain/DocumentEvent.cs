using System.Text.Json;

namespace DocumentPipeline;

/// <summary>An entry of a document's audit trail, as its owner sees it.</summary>
public sealed record DocumentEvent(Guid Id, Guid DocumentId, string EventType, string? Message, DateTimeOffset CreatedAt)
{
    /// <summary>What else was noted.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>The request that caused it; null for what a worker did by itself.</summary>
    public string? RequestId { get; init; }
}
