namespace LedgerLift.Storage;

/// <summary>An upload in parts that a client sends by itself. Keep it: nothing else is needed to go on, in another process too.</summary>
/// <param name="Key">The object that it becomes.</param>
/// <param name="UploadId">The store's name for it.</param>
/// <param name="Length">The announced size in bytes.</param>
/// <param name="PartSizeBytes">The size of every part but the last, in bytes.</param>
public sealed record MultipartUpload(ObjectKey Key, string UploadId, long Length, long PartSizeBytes)
{
    /// <summary>Whether it may only create; completing it fails with <see cref="PreconditionFailedException"/> when another object came first.</summary>
    public bool CreateOnly { get; init; } = true;

    /// <summary>How many parts there are: 1 or more.</summary>
    public int PartCount => checked((int)Math.Max(1, (Length + PartSizeBytes - 1) / PartSizeBytes));

    /// <summary>The size that a part must have, in bytes.</summary>
    /// <param name="partNumber">1 to <see cref="PartCount"/>.</param>
    /// <returns>Its size.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="partNumber"/> is outside 1 to <see cref="PartCount"/>.</exception>
    public long GetPartLength(int partNumber)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(partNumber, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(partNumber, PartCount);
        return Math.Min(PartSizeBytes, Length - (partNumber - 1) * PartSizeBytes);
    }
}
