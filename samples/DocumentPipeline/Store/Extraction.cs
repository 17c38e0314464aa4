namespace DocumentPipeline;

/// <summary>What was found in a document.</summary>
/// <param name="Artifacts">In the order of the document.</param>
/// <param name="Note">What its owner should know about how it was read; null when nothing.</param>
public sealed record Extraction(IReadOnlyList<Artifact> Artifacts, string? Note = null);
