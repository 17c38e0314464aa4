using System.Security.Cryptography;
using System.Text;

namespace LedgerLift.Testing;

/// <summary>Small real PDFs: pages with lines of text in Helvetica.</summary>
public static class SamplePdf
{
    private const string Header = "%PDF-1.4\n";
    private const int LineBytes = 512;

    /// <summary>A file of these pages. The first line of a page stands 72 points from the left and from the top, the others 60 apart.</summary>
    /// <param name="pages">The lines of each page; without parentheses and backslashes.</param>
    public static byte[] Of(params string[][] pages) => Write(pages, Header);

    /// <summary>A file like no other, of one page with one line of text.</summary>
    /// <param name="text">The line; without parentheses and backslashes.</param>
    /// <param name="size">At least so many bytes, filled with a comment of random digits that no reader looks at.</param>
    public static byte[] Unique(string text, int size = 0)
    {
        var front = new StringBuilder(Header, size + Header.Length + (4 * LineBytes)).Append(Comment(LineBytes / 32));
        while (front.Length < size)
            front.Append(Comment(LineBytes));
        return Write(
            [
                [text],
            ],
            front.ToString()
        );
    }

    private static byte[] Write(string[][] pages, string front)
    {
        var kids = string.Join(' ', pages.Select((_, index) => $"{4 + (2 * index)} 0 R"));
        var objects = new List<string>
        {
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Count {pages.Length} /Kids [{kids}] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        };
        foreach (var (index, lines) in pages.Index())
        {
            objects.Add(
                $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + (2 * index)} 0 R >>"
            );
            objects.Add(
                PdfFile.Stream(string.Join('\n', lines.Select((line, row) => $"BT /F1 12 Tf 72 {720 - (60 * row)} Td ({line}) Tj ET")))
            );
        }

        return PdfFile.Write(objects, front);
    }

    // Hexadecimal digits: nothing in them ends the comment.
    private static string Comment(int bytes) => $"%{Convert.ToHexString(RandomNumberGenerator.GetBytes(bytes))}\n";
}
