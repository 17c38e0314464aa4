namespace LedgerLift.Storage;

/// <summary>What was announced of an upload in parts; stands in its folder as long as it lives.</summary>
internal sealed class PartsRecord
{
    internal const int CurrentVersion = 1;

    public int Version { get; set; } = CurrentVersion;

    public string Key { get; set; } = "";

    public long Length { get; set; }

    public long PartSizeBytes { get; set; }

    public string ContentType { get; set; } = "";

    public string? Sha256 { get; set; }

    public string? Md5 { get; set; }

    public bool CreateOnly { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }

    /// <summary>When it began, in ticks of UTC.</summary>
    public long BegunAt { get; set; }
}
