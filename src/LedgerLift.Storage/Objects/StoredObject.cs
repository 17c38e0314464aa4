namespace LedgerLift.Storage;

/// <summary>An object as the store has it.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="ContentType">Its media type; null when the store does not say (listings).</param>
/// <param name="Sha256Hex">The SHA-256 of its content, 64 lower-case hex digits; null when nothing trustworthy is known of it.</param>
/// <param name="ETag">The store's entity tag with its quotes; says nothing about the content. Null when the store gives none.</param>
/// <param name="LastModified">When it was written, in UTC.</param>
public sealed record StoredObject(
    ObjectKey Key,
    long Length,
    string? ContentType,
    string? Sha256Hex,
    string? ETag,
    DateTimeOffset LastModified
)
{
    /// <summary>The caller's own metadata, names in lower case; empty when there is none, and in listings.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ObjectMetadata.None;
}
