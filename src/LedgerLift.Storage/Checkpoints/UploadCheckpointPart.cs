namespace LedgerLift.Storage;

/// <summary>A part that the store has acknowledged.</summary>
/// <param name="Number">1 or more.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="ETag">The store's entity tag with its quotes.</param>
/// <param name="Sha256Hex">The SHA-256 of its bytes, 64 lower-case hex digits: the source's bytes are compared with it before the part is taken for sent.</param>
public sealed record UploadCheckpointPart(int Number, long Length, string ETag, string Sha256Hex);
