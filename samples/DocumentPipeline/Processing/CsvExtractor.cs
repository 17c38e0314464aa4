using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;

namespace DocumentPipeline;

/// <summary>The rows of a CSV file; comma, semicolon or tab, told by its first lines.</summary>
internal sealed class CsvExtractor(ExtractionLimits limits) : IExtractor
{
    private const string Engine = "csv";

    public bool Reads(string contentType) => contentType.Equals("text/csv", StringComparison.OrdinalIgnoreCase);

    public async Task<Extraction> ExtractAsync(Guid documentId, Stream content, CancellationToken cancellationToken)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true,
            DetectDelimiterValues = [",", ";", "\t"],
            HasHeaderRecord = false,
            BadDataFound = null,
            MaxFieldSize = 1 << 20,
        };
        var list = new ArtifactList(documentId, Engine, limits.Artifacts);
        // Throws on bytes that are no UTF-8 rather than keeping something else than what stands there.
        using var reader = new StreamReader(
            content,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
            leaveOpen: true
        );
        using var csv = new CsvParser(reader, configuration);
        try
        {
            while (!list.IsCut && await csv.ReadAsync().WaitAsync(cancellationToken))
                list.Add(page: 1, "row", Row(csv), confidence: 1);
        }
        catch (Exception fault) when (fault is DecoderFallbackException or CsvHelperException)
        {
            throw new UnreadableException($"The file is no CSV in UTF-8: row {csv.Row} cannot be read.", fault);
        }

        var note = list.IsCut ? $"Only the first {limits.Artifacts} rows were kept." : null;
        return new Extraction(list.Found, note);
    }

    private static JsonObject Row(CsvParser csv)
    {
        var cells = new JsonArray();
        foreach (var cell in csv.Record ?? [])
            cells.Add(cell.Replace('\0', '\uFFFD'));
        return new JsonObject { ["row"] = csv.Row, ["cells"] = cells };
    }
}
