namespace DocumentPipeline;

/// <summary>Reads one kind of document.</summary>
internal interface IExtractor
{
    /// <summary>Whether it reads this content type (without parameters, in any case).</summary>
    bool Reads(string contentType);

    /// <summary>Reads the document to its end and says what is in it.</summary>
    /// <exception cref="UnreadableException">The document is at fault.</exception>
    Task<Extraction> ExtractAsync(Guid documentId, Stream content, CancellationToken cancellationToken);
}
