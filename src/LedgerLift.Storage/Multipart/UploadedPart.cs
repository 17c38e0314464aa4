namespace LedgerLift.Storage;

/// <summary>A part that the store has.</summary>
/// <param name="Number">1 or more.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="ETag">The store's entity tag with its quotes.</param>
public sealed record UploadedPart(int Number, long Length, string ETag);
