using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace DocumentPipeline;

/// <summary>
/// Counts the pages of a PDF without reading it as a whole: by the <c>/Count</c> of its page tree (ISO 32000-1, 7.7.3), which stands in
/// the open or in a compressed object stream. Good enough where no tool is installed; encrypted documents may not be counted.
/// </summary>
internal static partial class PageTree
{
    private const int LongestStream = 16 << 20;

    /// <summary>The number of pages; 0 when none can be found.</summary>
    public static int Count(byte[] document)
    {
        var text = Encoding.Latin1.GetString(document);
        if (!text.StartsWith("%PDF-", StringComparison.Ordinal))
            return 0;
        var most = CountIn(text);
        foreach (var start in ObjectStream().EnumerateMatches(text))
            most = Math.Max(most, CountIn(Inflate(document, start.Index + start.Length)));
        return most;
    }

    // The root of the tree has the largest count; nodes below it count their own pages.
    private static int CountIn(string text)
    {
        var most = 0;
        foreach (Match node in Node().Matches(text))
        {
            if (int.TryParse(Number().Match(node.Value).Groups["count"].Value, CultureInfo.InvariantCulture, out var count))
                most = Math.Max(most, count);
        }

        return most;
    }

    private static string Inflate(byte[] document, int start)
    {
        try
        {
            using var stream = new ZLibStream(new MemoryStream(document, start, document.Length - start), CompressionMode.Decompress);
            var content = new byte[LongestStream];
            return Encoding.Latin1.GetString(content, 0, stream.ReadAtLeast(content, LongestStream, throwOnEndOfStream: false));
        }
        catch (InvalidDataException)
        {
            return "";
        }
    }

    [GeneratedRegex(@"<<[^<>]*/Type\s*/Pages\b[^<>]*", RegexOptions.NonBacktracking)]
    private static partial Regex Node();

    [GeneratedRegex(@"/Count\s+(?<count>[0-9]{1,7})", RegexOptions.NonBacktracking)]
    private static partial Regex Number();

    [GeneratedRegex(@"/ObjStm\b[^>]*>>\s*stream\r?\n", RegexOptions.NonBacktracking)]
    private static partial Regex ObjectStream();
}
