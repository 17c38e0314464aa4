using System.Globalization;
using System.Text;

namespace UploadHost.Browser.Tests;

/// <summary>Small real PDFs (ISO 32000): one page, one line of text, and as many bytes of padding as asked for.</summary>
internal static class SamplePdf
{
    /// <summary>A new file.</summary>
    /// <param name="text">The line; without parentheses and backslashes.</param>
    /// <param name="size">At least so many bytes, filled with a comment of random bytes that no reader looks at.</param>
    public static byte[] Create(string text, int size = 0)
    {
        var content = $"BT /F1 24 Tf 72 700 Td ({text}) Tj ET";
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            $"<< /Length {content.Length.ToString(CultureInfo.InvariantCulture)} >>\nstream\n{content}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ];
        using var stream = new MemoryStream();
        Write(stream, "%PDF-1.4\n");
        Pad(stream, size);
        var offsets = objects.Select((body, index) => WriteObject(stream, index + 1, body)).ToArray();
        var start = stream.Position;
        Write(stream, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            Write(stream, string.Create(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        Write(
            stream,
            string.Create(
                CultureInfo.InvariantCulture,
                $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
            )
        );
        return stream.ToArray();
    }

    private static long WriteObject(MemoryStream stream, int number, string body)
    {
        var offset = stream.Position;
        Write(stream, string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n{body}\nendobj\n"));
        return offset;
    }

    // Lines of hexadecimal digits: nothing in them ends the comment.
    private static void Pad(MemoryStream stream, int size)
    {
        var line = new byte[512];
        while (stream.Length < size)
        {
            System.Security.Cryptography.RandomNumberGenerator.Fill(line);
            Write(stream, $"%{Convert.ToHexString(line)}\n");
        }
    }

    private static void Write(MemoryStream stream, string text) => stream.Write(Encoding.ASCII.GetBytes(text));
}
