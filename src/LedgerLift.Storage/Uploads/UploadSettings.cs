namespace LedgerLift.Storage;

/// <summary>How one upload is done. Read once, when the upload begins.</summary>
public sealed class UploadSettings
{
    /// <summary>The media type, printable ASCII. The default is <c>application/octet-stream</c>.</summary>
    public string ContentType { get; set; } = "application/octet-stream";

    /// <summary>Whether the upload fails with <see cref="PreconditionFailedException"/> when the object is there. The default is false.</summary>
    public bool CreateOnly { get; set; }

    /// <summary>The caller's own metadata; the rules are those of <see cref="UploadIntent.Metadata"/>. The default is empty.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; set; } = ObjectMetadata.None;

    /// <summary>Where an upload in parts notes what is done, so that another process can go on after a crash; null: it does not, and a failure leaves nothing. The default is null.</summary>
    public IUploadCheckpointStore? Checkpoints { get; set; }

    /// <summary>
    /// What tells one state of the source from another, for instance a file's path, length and time of its last write; up to the caller. A checkpoint of another
    /// identity is not resumed. Null: only the hashes of the parts are compared, which is enough to be safe. The default is null.
    /// </summary>
    public string? SourceIdentity { get; set; }
}
