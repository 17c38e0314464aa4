using System.Text.Json.Serialization;

namespace LedgerLift.Storage;

/// <summary>What the store knows of a content; stands behind it in the same file, so that both are there or neither is.</summary>
internal sealed class ObjectRecord
{
    internal const int CurrentVersion = 1;

    public int Version { get; set; } = CurrentVersion;

    public string Key { get; set; } = "";

    public long Length { get; set; }

    public string ContentType { get; set; } = "";

    public string Sha256 { get; set; } = "";

    public string Md5 { get; set; } = "";

    /// <summary>When it was written, in ticks of UTC.</summary>
    public long WrittenAt { get; set; }

    /// <summary>The upload in parts that it came from, if any: what makes completing it twice harmless.</summary>
    public string? UploadId { get; set; }

    /// <summary>The number of a part; 0 for an object.</summary>
    public int Part { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }

    [JsonIgnore]
    public string ETag => $"\"{Md5}\"";

    internal StoredObject ToStoredObject() =>
        new(ObjectKey.Parse(Key), Length, ContentType, Sha256, ETag, new DateTimeOffset(WrittenAt, TimeSpan.Zero))
        {
            Metadata = ObjectMetadata.Check(Metadata ?? []),
        };
}
