namespace LedgerLift.Storage;

/// <summary>An upload in parts that the store knows.</summary>
internal sealed class UploadInParts(ObjectKey key, string uploadId, string? token)
{
    internal ObjectKey Key => key;

    internal string UploadId => uploadId;

    /// <summary>The mark in its object; null where it is not known any more.</summary>
    internal string? Token => token;

    /// <summary>Uploads that a lost answer may have left beside it.</summary>
    internal IReadOnlyList<string> Twins { get; set; } = [];
}
