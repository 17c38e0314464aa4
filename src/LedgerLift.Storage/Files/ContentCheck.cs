namespace LedgerLift.Storage;

/// <summary>Refuses a content that is not what was announced, in the words of S3. Pure.</summary>
internal static class ContentCheck
{
    internal static void Length(long? announced, long found)
    {
        if (announced is not { } expected || expected == found)
            return;
        var tooLong = found > expected;
        throw new StorageException(
            StorageErrorCodes.ContentMismatch,
            "The content has another length than it must have; nothing was stored."
        )
        {
            S3Code = tooLong ? "EntityTooLarge" : "IncompleteBody",
        };
    }

    internal static void Hash(string? announced, string found)
    {
        if (announced is not null && !string.Equals(announced, found, StringComparison.Ordinal))
            throw new StorageException(
                StorageErrorCodes.ContentMismatch,
                "The content has another hash than it must have; nothing was stored."
            )
            {
                S3Code = "BadDigest",
            };
    }
}
