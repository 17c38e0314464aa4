using System.Globalization;

namespace DocumentPipeline;

/// <summary>Lines of text with their places, by Poppler's <c>pdftotext</c>; where it is missing, pages without text.</summary>
internal sealed class PdfExtractor(ExtractionLimits limits) : IExtractor
{
    private const string Engine = "poppler-pdftotext";

    public bool Reads(string contentType) => contentType.Equals("application/pdf", StringComparison.OrdinalIgnoreCase);

    public async Task<Extraction> ExtractAsync(Guid documentId, Stream content, CancellationToken cancellationToken) =>
        PdfTool.Find(limits) is { } tool
            ? await ReadTextAsync(tool, documentId, content, cancellationToken)
            : await CountPagesAsync(documentId, content, cancellationToken);

    private async Task<Extraction> ReadTextAsync(string tool, Guid documentId, Stream content, CancellationToken cancellationToken)
    {
        // One page more than is kept tells whether there is one.
        var last = (limits.Pages + 1).ToString(CultureInfo.InvariantCulture);
        var process = new LimitedProcess(tool, ["-q", "-bbox-layout", "-l", last, "-", "-"], limits);
        var list = new ArtifactList(documentId, Engine, limits.Artifacts);
        var pages = await process.RunAsync(content, output => LayoutReader.Read(output, list, limits.Pages), cancellationToken);
        if (pages == 0)
            throw new UnreadableException("The document has no page.");
        return new Extraction(list.Found, Note(list, pages));
    }

    private async Task<Extraction> CountPagesAsync(Guid documentId, Stream content, CancellationToken cancellationToken)
    {
        var pages = await PageCounter.CountAsync(content, limits, cancellationToken);
        var list = new ArtifactList(documentId, PageCounter.Engine, Math.Min(limits.Pages, limits.Artifacts));
        for (var page = 1; page <= pages && !list.IsCut; page++)
            list.Add(page, "page", []);
        return new Extraction(
            list.Found,
            "The PDF tool pdftotext (Debian: poppler-utils) is not installed: pages were counted, text was not read."
        );
    }

    private string? Note(ArtifactList list, int pages) =>
        (pages > limits.Pages, list.IsCut) switch
        {
            (true, _) => $"Only the first {limits.Pages} pages were read.",
            (_, true) => $"Only the first {limits.Artifacts} lines were kept.",
            _ => list.Found.Count == 0 ? "The pages hold no text; they may be pictures." : null,
        };
}
