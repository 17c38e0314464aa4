namespace LedgerLift.Storage;

/// <summary>What an object is beside its content.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="Metadata">The caller's own metadata, checked.</param>
/// <param name="Token">The mark of the upload: see <see cref="UploadToken"/>.</param>
internal sealed record ObjectDescription(string ContentType, IReadOnlyDictionary<string, string> Metadata, string Token);
