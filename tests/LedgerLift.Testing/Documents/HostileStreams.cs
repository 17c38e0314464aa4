using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace LedgerLift.Testing;

/// <summary>Compressed streams (ISO 32000-1, 7.4.4 and 7.5.7) that no honest writer makes.</summary>
internal static class HostileStreams
{
    private const int SegmentBytes = 4 << 20;

    /// <summary>A page whose content is a text again and again, compressed twice: kilobytes that become gigabytes.</summary>
    public static byte[] Bomb(string text, int count)
    {
        var perSegment = SegmentBytes / text.Length;
        var segment = Deflated(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, perSegment))));
        using var once = new MemoryStream();
        once.Write([0x78, 0x9c]);
        // A segment refers to nothing before it, so it may stand there as often as one likes.
        for (var made = 0L; made < (long)count * 4; made += perSegment)
            once.Write(segment);
        once.Write([0x03, 0x00]);
        using var twice = new MemoryStream();
        using (var zlib = new ZLibStream(twice, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(once.ToArray());
        var content = Encoding.Latin1.GetString(twice.ToArray());
        return HostilePdf.With(contents: PdfFile.Stream(content, "/Filter [/FlateDecode /FlateDecode] "));
    }

    /// <summary>A file whose page tree lies in an object stream, which lies in itself.</summary>
    public static byte[] InItself()
    {
        const string Catalog = "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n";
        const string Packed = "2 0 << /Type /Pages /Count 1 /Kids [2 0 R] >>";
        const string Header = "%PDF-1.5\n";
        var stream = $"3 0 obj\n{PdfFile.Stream(Packed, "/Type /ObjStm /N 1 /First 4 /Extends 3 0 R ")}\nendobj\n";
        var start = Header.Length + Catalog.Length + stream.Length;
        // Kind, place, index: free; in the open; in object 3; object 3 in object 3; in the open.
        (byte Kind, int Place)[] entries = [(0, 0), (1, Header.Length), (2, 3), (2, 3), (1, start)];
        var table = string.Concat(entries.Select(entry => $"{(char)entry.Kind}{(char)(entry.Place >> 8)}{(char)(entry.Place & 0xff)}\0"));
        var index = PdfFile.Stream(table, "/Type /XRef /Size 5 /W [1 2 1] /Root 1 0 R ");
        return Encoding.Latin1.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{Header}{Catalog}{stream}4 0 obj\n{index}\nendobj\nstartxref\n{start}\n%%EOF\n")
        );
    }

    // Flushed, so that it ends at a byte and the next may follow.
    private static byte[] Deflated(byte[] bytes)
    {
        using var target = new MemoryStream();
        using var deflate = new DeflateStream(target, CompressionLevel.Optimal, leaveOpen: true);
        deflate.Write(bytes);
        deflate.Flush();
        return target.ToArray();
    }
}
