namespace LedgerLift.Storage;

/// <summary>What a content must be to be kept, and under which name.</summary>
internal sealed record WriteRequest(ObjectKey Key, string Path, string ContentType)
{
    public bool CreateOnly { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ObjectMetadata.None;

    /// <summary>The exact length, or null when any will do.</summary>
    public long? Length { get; init; }

    public string? Sha256Hex { get; init; }

    public string? Md5Hex { get; init; }

    public string? UploadId { get; init; }

    public int Part { get; init; }
}
