namespace DocumentPipeline;

/// <summary>For what has no reader of its own: one artifact that stands for the whole document.</summary>
internal sealed class WholeFileExtractor : IExtractor
{
    public bool Reads(string contentType) => true;

    public Task<Extraction> ExtractAsync(Guid documentId, Stream content, CancellationToken cancellationToken)
    {
        var list = new ArtifactList(documentId, "none", limit: 1);
        list.Add(page: 1, "page", []);
        return Task.FromResult(new Extraction(list.Found, "The document was kept as it is: nothing here reads its type."));
    }
}
