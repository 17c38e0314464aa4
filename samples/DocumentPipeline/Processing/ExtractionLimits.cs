namespace DocumentPipeline;

/// <summary>How much a document may cost.</summary>
public sealed class ExtractionLimits
{
    /// <summary>How long a tool may take. Default 30 s.</summary>
    public TimeSpan Time { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Address space of a tool in bytes. Default 1 GiB.</summary>
    public long MemoryBytes { get; set; } = 1L << 30;

    /// <summary>Pages that are read; the rest is named in the trail. Default 200.</summary>
    public int Pages { get; set; } = 200;

    /// <summary>Artifacts that are kept; the rest is named in the trail. Default 20 000.</summary>
    public int Artifacts { get; set; } = 20_000;

    /// <summary>What a tool may print, in bytes. Default 64 MiB.</summary>
    public long OutputBytes { get; set; } = 64L << 20;

    /// <summary>The PDF tool; null looks for <c>pdftotext</c> on the path.</summary>
    public string? PdfTool { get; set; }
}
