namespace DocumentPipeline;

/// <summary>A document in a worker's hands.</summary>
/// <param name="Document">The document, processing.</param>
/// <param name="LeaseId">Tells this hold of the document from every other.</param>
/// <param name="Attempt">Which try this is, from 1.</param>
public sealed record WorkItem(Document Document, Guid LeaseId, int Attempt);
