namespace DocumentPipeline;

/// <summary>An object that nobody owns any more and that the store still has to lose; kept until it has.</summary>
/// <param name="Key">Its key.</param>
/// <param name="UploadId">The unfinished multipart upload at that key; null when there is none.</param>
/// <param name="FileSize">The announced length in bytes.</param>
/// <param name="PartSize">Size of the parts in bytes; 0 without a multipart upload.</param>
public sealed record DoomedObject(string Key, string? UploadId, long FileSize, long PartSize);
