namespace LedgerLift.Storage;

/// <summary>One upload, as it was asked for; its settings are read once.</summary>
internal sealed class UploadJob
{
    internal UploadJob(ObjectKey key, UploadSettings settings, UploadProgress progress, long? length)
    {
        (Key, Progress, Length) = (key, progress, length);
        CreateOnly = settings.CreateOnly;
        Checkpoints = settings.Checkpoints;
        SourceIdentity = settings.SourceIdentity;
        Description = new ObjectDescription(
            UploadRules.ContentType(settings.ContentType, nameof(settings)),
            ObjectMetadata.Check(settings.Metadata),
            UploadToken.New()
        );
    }

    internal ObjectKey Key { get; }

    internal UploadProgress Progress { get; }

    /// <summary>What the source says it has; null when it does not.</summary>
    internal long? Length { get; }

    internal bool CreateOnly { get; }

    internal IUploadCheckpointStore? Checkpoints { get; }

    internal string? SourceIdentity { get; }

    internal ObjectDescription Description { get; }

    internal StoredObject Stored(long length, string sha256Hex, string? etag, DateTimeOffset at) =>
        new(Key, length, Description.ContentType, sha256Hex, etag, at) { Metadata = Description.Metadata };
}
