namespace UploadHost;

/// <summary>What the host is made of, as the log, the page and the gates need to know it; filled in <c>Program.cs</c>.</summary>
/// <param name="Embedded">The parts that run inside this process; empty with real servers.</param>
/// <param name="IsOpen">Whether everybody may take a token.</param>
/// <param name="StoreOrigin">Where the page sends documents to, when that is another origin.</param>
/// <param name="MultipartThresholdBytes">From here on the page uploads in parts.</param>
internal sealed record PartList(IReadOnlyList<string> Embedded, bool IsOpen, string? StoreOrigin, long MultipartThresholdBytes)
{
    /// <summary>Where embedded parts keep their data.</summary>
    public string? Folder { get; init; }
}
