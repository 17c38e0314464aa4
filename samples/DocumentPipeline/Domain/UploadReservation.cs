using LedgerLift.Storage;

namespace DocumentPipeline;

/// <summary>What a user announced before an upload. The object is confirmed against this, never against what the client repeats later.</summary>
public sealed record UploadReservation(string Key, string UserId, string FileName, string ContentType, long FileSize)
{
    /// <summary>Announced SHA-256 in hex; null when the client did not say.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Announced MD5 in hex; null when the client did not say.</summary>
    public string? Md5 { get; init; }

    /// <summary>The multipart upload behind it; null for one PUT.</summary>
    public string? UploadId { get; init; }

    /// <summary>Size of its parts in bytes; 0 for one PUT.</summary>
    public long PartSize { get; init; }

    /// <summary>After this instant the upload is unknown and what arrived is swept.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The same as the store wants it.</summary>
    public UploadIntent ToIntent() => new(ObjectKey.Parse(Key), FileSize, ContentType) { Sha256Hex = Sha256, Md5Hex = Md5 };

    /// <summary>The multipart upload as the store wants it.</summary>
    /// <exception cref="InvalidOperationException">The reservation is for one PUT.</exception>
    public MultipartUpload ToMultipart() =>
        UploadId is null
            ? throw new InvalidOperationException("The reservation is for one PUT.")
            : new(ObjectKey.Parse(Key), UploadId, FileSize, PartSize);
}
