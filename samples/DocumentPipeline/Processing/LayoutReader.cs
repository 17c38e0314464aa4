using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml;

namespace DocumentPipeline;

/// <summary>Reads what <c>pdftotext -bbox-layout</c> prints: pages, blocks, lines and words with their boxes.</summary>
internal static class LayoutReader
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        CheckCharacters = false,
    };

    /// <summary>Adds a run of text for each line of the first pages.</summary>
    /// <returns>How many pages were there.</returns>
    public static int Read(Stream output, ArtifactList list, int pageLimit)
    {
        using var reader = XmlReader.Create(output, Settings);
        var page = 0;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.LocalName == "page")
                page++;
            else if (reader.LocalName == "line" && page <= pageLimit)
                AddLine(reader, list, page);
        }

        return page;
    }

    private static void AddLine(XmlReader reader, ArtifactList list, int page)
    {
        var box = Box(reader);
        var words = new List<string>();
        using (var line = reader.ReadSubtree())
        {
            line.Read();
            line.Read();
            while (!line.EOF)
            {
                // Reading a word's text moves on to what follows it.
                if (line.NodeType == XmlNodeType.Element && line.LocalName == "word")
                    words.Add(Clean(line.ReadElementContentAsString()));
                else
                    line.Read();
            }
        }

        var text = string.Join(' ', words);
        if (!string.IsNullOrWhiteSpace(text))
            list.Add(page, "text", new JsonObject { ["text"] = text }, box, Legibility.Of(text));
    }

    private static BoundingBox Box(XmlReader reader)
    {
        var (left, top) = (Number(reader, "xMin"), Number(reader, "yMin"));
        return new BoundingBox(left, top, Math.Round(Number(reader, "xMax") - left, 3), Math.Round(Number(reader, "yMax") - top, 3));
    }

    private static double Number(XmlReader reader, string name) =>
        double.TryParse(reader.GetAttribute(name), CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? Math.Round(number, 3)
            : 0;

    // U+0000 cannot be kept by PostgreSQL, and half a surrogate pair by nobody.
    private static string Clean(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.Value == 0 ? "\uFFFD" : rune.ToString()));
}
