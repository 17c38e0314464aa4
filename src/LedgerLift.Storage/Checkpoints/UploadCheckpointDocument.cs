namespace LedgerLift.Storage;

/// <summary>A checkpoint as it stands in a file. Every version that was ever written can be told from the first member.</summary>
internal sealed class UploadCheckpointDocument
{
    public int Version { get; set; }

    public string? Key { get; set; }

    public string? UploadId { get; set; }

    public string? UploadToken { get; set; }

    public long PartSizeBytes { get; set; }

    public long? Length { get; set; }

    public string? SourceIdentity { get; set; }

    public string? ContentType { get; set; }

    public List<UploadCheckpointPart>? Parts { get; set; }
}
