namespace LedgerLift.Storage;

/// <summary>How an object is cut. Pure.</summary>
internal static class PartSize
{
    /// <summary>S3's limit ("Amazon S3 multipart upload limits").</summary>
    internal const int MostParts = 10_000;

    private const long Step = 1024 * 1024;

    /// <summary>The size of every part but the last: as the options say, or as much more, in whole MiB, as 10 000 parts need.</summary>
    /// <param name="options">Gives the size and, for sources that do not know their length, the largest object.</param>
    /// <param name="length">The object's size in bytes; null when it is not known.</param>
    internal static long For(StorageOptions options, long? length)
    {
        var needed = ((length ?? options.MaxObjectBytes) + MostParts - 1) / MostParts;
        return needed <= options.PartSizeBytes ? options.PartSizeBytes : (needed + Step - 1) / Step * Step;
    }
}
