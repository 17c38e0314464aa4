namespace DocumentPipeline;

/// <summary>What a user has: documents by status, their bytes, their artifacts.</summary>
public sealed record DocumentStatistics(IReadOnlyDictionary<DocumentStatus, long> Documents, long TotalBytes, long Artifacts);
