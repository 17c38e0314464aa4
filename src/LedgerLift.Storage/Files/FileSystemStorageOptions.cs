using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Storage;

/// <summary>How a <see cref="FileSystemObjectStore"/> works. Read when the store is made.</summary>
public sealed class FileSystemStorageOptions
{
    /// <summary>The folder that holds everything; made when it is missing. It must belong to the store alone. There is no default: it must be set.</summary>
    public string RootPath { get; set; } = "";

    /// <summary>
    /// The absolute http or https address under which the host serves <see cref="FileSystemObjectStore.HandleSignedRequestAsync"/>, without query and fragment; presigned URLs
    /// begin with it. There is no default: it must be set.
    /// </summary>
    [SuppressMessage("Design", "CA1056", Justification = "Options are bound from text, and the validator says what is wrong with it.")]
    public string PublicBaseUrl { get; set; } = "";

    /// <summary>
    /// The secret that signs URLs, 32 bytes of UTF-8 or more. The default is null: a random one is made once and kept in the root folder, readable by its owner alone, so
    /// that URLs outlive a restart.
    /// </summary>
    public string? SigningKey { get; set; }

    /// <summary>The largest object in bytes, inclusive; 1 or more. The default is 100 MiB.</summary>
    public long MaxObjectBytes { get; set; } = 100L * 1024 * 1024;

    /// <summary>How long a presigned URL works unless the caller says otherwise; 1 second to 7 days, both inclusive. The default is 15 minutes.</summary>
    public TimeSpan PresignExpiry { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The size of the parts that a client sends by itself; 64 KiB to 5 GiB, both inclusive. Larger where an object would have more than 10 000 parts. The default is 8 MiB.
    /// </summary>
    public long PartSizeBytes { get; set; } = 8L * 1024 * 1024;

    /// <summary>After how long an upload that was begun and not completed is removed by the host's sweeper; 1 minute or more, null: never. The default is 1 day.</summary>
    public TimeSpan? IncompleteUploadAge { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long a health answer is reused; 0 or more. The default is 30 seconds.</summary>
    public TimeSpan HealthCacheDuration { get; set; } = TimeSpan.FromSeconds(30);
}
