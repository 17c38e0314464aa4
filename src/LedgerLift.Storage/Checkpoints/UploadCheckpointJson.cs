using System.Text.Json;

namespace LedgerLift.Storage;

/// <summary>Writes and reads checkpoints as JSON.</summary>
internal static class UploadCheckpointJson
{
    private const int Version = 1;

    internal static byte[] Write(UploadCheckpoint checkpoint) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new UploadCheckpointDocument
            {
                Version = Version,
                Key = checkpoint.Key.Value,
                UploadId = checkpoint.UploadId,
                UploadToken = checkpoint.UploadToken,
                PartSizeBytes = checkpoint.PartSizeBytes,
                Length = checkpoint.Length,
                SourceIdentity = checkpoint.SourceIdentity,
                ContentType = checkpoint.ContentType,
                Parts = [.. checkpoint.Parts],
            },
            StorageJsonContext.Default.UploadCheckpointDocument
        );

    /// <summary>The checkpoint, or null for anything that is none: the upload then begins anew, which is always right and only costs time.</summary>
    internal static UploadCheckpoint? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StorageJsonContext.Default.UploadCheckpointDocument) is { } document
                ? Read(document)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static UploadCheckpoint? Read(UploadCheckpointDocument document)
    {
        if (
            document is not { Version: Version, UploadId.Length: > 0, PartSizeBytes: > 0, Length: null or >= 0, Parts: { } parts }
            || !ObjectKey.TryParse(document.Key, out var key)
            || !AreInOrder(parts, document.PartSizeBytes)
        )
            return null;
        return new UploadCheckpoint(key, document.UploadId, document.PartSizeBytes, document.Length, document.SourceIdentity, parts)
        {
            UploadToken = document.UploadToken,
            ContentType = document.ContentType,
        };
    }

    private static bool AreInOrder(List<UploadCheckpointPart> parts, long partSize)
    {
        var last = 0;
        foreach (var part in parts)
        {
            if (part is not { ETag.Length: > 0, Sha256Hex.Length: 64, Length: > 0 } || part.Number <= last || part.Length > partSize)
                return false;
            last = part.Number;
        }

        return true;
    }
}
