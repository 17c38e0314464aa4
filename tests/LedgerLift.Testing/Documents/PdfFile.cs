using System.Globalization;
using System.Text;

namespace LedgerLift.Testing;

/// <summary>Writes the frame of a PDF (ISO 32000-1, 7.5) around objects that are given as they shall stand there, good or bad.</summary>
public static class PdfFile
{
    /// <summary>A file with a table of its objects.</summary>
    /// <param name="objects">The first is object 1, which must be the catalogue. Latin-1.</param>
    /// <param name="front">What stands before the objects, and begins with the header.</param>
    /// <param name="trailer">Further entries of the trailer.</param>
    public static byte[] Write(IReadOnlyList<string> objects, string front = "%PDF-1.4\n", string trailer = "")
    {
        var file = new StringBuilder(front);
        var offsets = new List<int>(objects.Count);
        foreach (var (index, body) in objects.Index())
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n{body}\nendobj\n");
        }

        var start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R {trailer}>>\n");
        file.Append(CultureInfo.InvariantCulture, $"startxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    /// <summary>An object that is a stream.</summary>
    public static string Stream(string content, string entries = "") =>
        string.Create(CultureInfo.InvariantCulture, $"<< /Length {content.Length} {entries}>>\nstream\n{content}\nendstream");
}
