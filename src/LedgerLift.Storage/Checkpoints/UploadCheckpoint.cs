namespace LedgerLift.Storage;

/// <summary>How far an upload in parts is: all that another process needs to go on.</summary>
/// <param name="Key">The object that it becomes.</param>
/// <param name="UploadId">The store's name for the upload.</param>
/// <param name="PartSizeBytes">The size of every part but the last, in bytes.</param>
/// <param name="Length">The source's size in bytes; null when it does not say.</param>
/// <param name="SourceIdentity">What tells one state of the source from another; null when the caller gave nothing.</param>
/// <param name="Parts">The parts that the store has acknowledged, by number.</param>
public sealed record UploadCheckpoint(
    ObjectKey Key,
    string UploadId,
    long PartSizeBytes,
    long? Length,
    string? SourceIdentity,
    IReadOnlyList<UploadCheckpointPart> Parts
)
{
    /// <summary>What tells this upload's object from any other of the same key, for finding out whether a lost completion took effect; null when there is none.</summary>
    public string? UploadToken { get; init; }

    /// <summary>The media type the upload began with; null when not noted.</summary>
    public string? ContentType { get; init; }
}
