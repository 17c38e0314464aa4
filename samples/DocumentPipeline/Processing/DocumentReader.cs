namespace DocumentPipeline;

/// <summary>Reads a document of any type: picks its engine, hashes what passes, and refuses content that is not what was registered.</summary>
public sealed class DocumentReader
{
    private readonly IExtractor[] _extractors;

    /// <summary>Makes a reader with these limits.</summary>
    public DocumentReader(ExtractionLimits limits) =>
        _extractors = [new PdfExtractor(limits), new CsvExtractor(limits), new WholeFileExtractor()];

    /// <summary>Reads the document to its end.</summary>
    /// <param name="documentId">Whose artifacts they become.</param>
    /// <param name="contentType">Says which engine reads it; its parameters and its case do not count.</param>
    /// <param name="sha256">The hash it must have, in hex; null accepts any.</param>
    /// <exception cref="UnreadableException">The document is at fault: damaged, too large to read, or not what was registered.</exception>
    public async Task<Extraction> ReadAsync(
        Guid documentId,
        string contentType,
        string? sha256,
        Stream content,
        CancellationToken cancellationToken
    )
    {
        await using var hashing = new HashingStream(content);
        var type = MediaType(contentType);
        var extractor = Array.Find(_extractors, candidate => candidate.Reads(type))!;
        Extraction? found = null;
        UnreadableException? fault = null;
        try
        {
            found = await extractor.ExtractAsync(documentId, hashing, cancellationToken);
        }
        catch (UnreadableException unreadable)
        {
            fault = unreadable;
        }

        // A wrong hash explains an unreadable document, so it is the one to name.
        var hash = await hashing.FinishAsync(cancellationToken);
        if (sha256 is not null && !string.Equals(hash, sha256, StringComparison.OrdinalIgnoreCase))
            throw new UnreadableException("The stored object is not the one that was registered: its SHA-256 differs.", fault);
        return fault is null ? found! : throw fault;
    }

    // "Text/CSV; charset=utf-8" is a CSV: what stands behind the type are its parameters, and case says nothing (RFC 9110, 8.3.1).
    private static string MediaType(string contentType) => contentType.Split(';', 2)[0].Trim();
}
