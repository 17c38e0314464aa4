namespace LedgerLift.Storage;

/// <summary>An upload in parts that is under way, as the store lists it.</summary>
/// <param name="Key">The object that it would become.</param>
/// <param name="UploadId">The store's name for it.</param>
/// <param name="Initiated">When it began, by the store's clock.</param>
internal sealed record MultipartUploadListing(ObjectKey Key, string UploadId, DateTimeOffset Initiated);
