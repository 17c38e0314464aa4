namespace LedgerLift.Storage;

/// <summary>
/// The mark that every upload leaves in its object's metadata, so that after a lost answer it can tell its own object from another's. Not a secret and no proof
/// of content: it only ever makes a difference to the upload that chose it.
/// </summary>
internal static class UploadToken
{
    internal const string MetadataName = ObjectMetadata.ReservedPrefix + "upload-id";
    internal const string Header = "x-amz-meta-" + MetadataName;
    private const int Length = 32;

    internal static string New() => Guid.NewGuid().ToString("N");

    /// <summary>The name under which a client's own upload is known: the store's, and the mark, which the completion must know.</summary>
    internal static string Join(string uploadId, string token) => $"{uploadId}.{token}";

    /// <summary>Takes the name apart.</summary>
    /// <returns>The store's name and the mark; no mark where the name is not ours.</returns>
    internal static (string UploadId, string? Token) Split(string name) =>
        name.Length > Length + 1 && name[^(Length + 1)] == '.' ? (name[..^(Length + 1)], name[^Length..]) : (name, null);
}
