using System.Text.Json;

namespace DocumentPipeline;

/// <summary>Something found in a document: a run of text, a row, a page.</summary>
public sealed record Artifact(Guid Id, Guid DocumentId, int Page, string Type, string Engine)
{
    /// <summary>Its place in the order of the document, from 0; unique within the document.</summary>
    public int Ordinal { get; init; }

    /// <summary>Where the store keeps it, when it is an object of its own.</summary>
    public string? ObjectKey { get; init; }

    /// <summary>0 to 1; null when the engine does not say.</summary>
    public double? Confidence { get; init; }

    /// <summary>Where on the page it is; null when it has no place.</summary>
    public BoundingBox? Box { get; init; }

    /// <summary>What was found.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>When it was stored, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
