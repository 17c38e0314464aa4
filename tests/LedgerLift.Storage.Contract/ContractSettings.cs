namespace LedgerLift.Storage.Contract;

/// <summary>What a test asks of the store it is given.</summary>
public sealed record ContractSettings
{
    public const long MiB = 1024 * 1024;

    public long MaxObjectBytes { get; init; } = 100 * MiB;

    /// <summary>The smallest that S3 takes for a part that is not the last.</summary>
    public long PartSizeBytes { get; init; } = 5 * MiB;

    public TimeSpan PresignExpiry { get; init; } = TimeSpan.FromMinutes(15);
}
