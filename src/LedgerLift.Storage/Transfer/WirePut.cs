namespace LedgerLift.Storage;

/// <summary>A body to send to an object, or to a part of an upload.</summary>
/// <param name="Key">The object.</param>
/// <param name="Body">What is sent.</param>
internal sealed record WirePut(ObjectKey Key, UploadBody Body)
{
    /// <summary>The upload that it is a part of; null for a whole object.</summary>
    public string? UploadId { get; init; }

    /// <summary>The part's number.</summary>
    public int PartNumber { get; init; }

    /// <summary>The media type; null for a part.</summary>
    public string? ContentType { get; init; }

    /// <summary>Whether the store refuses when the object is there.</summary>
    public bool CreateOnly { get; init; }

    /// <summary>Further headers, names in lower case, all of which are signed.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
