namespace LedgerLift.Storage;

/// <summary>What the store knows of an object.</summary>
/// <param name="Stored">For the caller; with a SHA-256 only where the store vouches for it.</param>
/// <param name="UploadToken">The mark that our upload left, by which it knows its own object again; null for objects of others. Anybody could have written it.</param>
internal sealed record ObjectHead(StoredObject Stored, string? UploadToken);
