using System.Globalization;
using System.Text;

namespace LedgerLift.Testing;

/// <summary>PDFs made to hurt who reads them, each by one trick.</summary>
public static class HostilePdf
{
    private const string Catalog = "<< /Type /Catalog /Pages 2 0 R >>";
    private const string OnePage = "<< /Type /Pages /Count 1 /Kids [3 0 R] >>";
    private const string Font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
    private const string Resources = "/Resources << /Font << /F1 5 0 R >> >>";
    private const string Page = $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {Resources} /Contents 4 0 R >>";
    private const string Text = "BT /F1 12 Tf 72 720 Td (Some text) Tj ET";

    /// <summary>The tricks by name.</summary>
    public static IReadOnlyDictionary<string, Func<byte[]>> All { get; } =
        new Dictionary<string, Func<byte[]>>(StringComparer.Ordinal)
        {
            ["count-lies"] = () => With(pages: "<< /Type /Pages /Count 2000000000 /Kids [3 0 R] >>"),
            ["page-bomb"] = PageBomb,
            ["tree-cycle"] = () => With(pages: "<< /Type /Pages /Count 1000 /Kids [2 0 R 2 0 R 3 0 R] >>"),
            ["deep-tree"] = DeepTree,
            ["zero-pages"] = () => With(pages: "<< /Type /Pages /Count 0 /Kids [] >>"),
            ["xref-loop"] = XrefLoop,
            ["stream-in-itself"] = () => HostileStreams.InItself(),
            ["blank-bomb"] = () => HostileStreams.Bomb(" ", count: 1 << 30),
            ["text-bomb"] = () => HostileStreams.Bomb("BT /F1 1 Tf (xxxxxxxxxxxxxxxxxxxxxxx) Tj ET\n", count: 1 << 24),
            ["password"] = Protected,
            ["script-and-launch"] = () => ScriptAndLaunch("/tmp/ledgerlift-launched"),
            ["huge-page"] = () => With(page: Page.Replace("0 0 612 792", "0 0 1e38 99999999999999999999", StringComparison.Ordinal)),
            ["no-numbers"] = () =>
                With(
                    page: Page.Replace("0 0 612 792", "nan -inf 1e999 --5", StringComparison.Ordinal),
                    content: "BT /F1 nan Tf 1e999 -1e999 Td (Some text) Tj ET"
                ),
            ["far-text"] = () => With(content: "BT /F1 1e30 Tf 1e30 1e30 Td (Some text) Tj ET"),
            ["no-font"] = () => With(page: Page.Replace(Resources, "", StringComparison.Ordinal)),
            ["font-is-no-font"] = () => With(font: "<< /Type /Font /Subtype /TrueType /FontDescriptor 5 0 R /ToUnicode 4 0 R >>"),
            ["form-in-itself"] = FormInItself,
            ["deep-array"] = () => With(content: new string('[', 200_000)),
            ["deep-object"] = () => With(font: string.Concat(Enumerable.Repeat("<</A", 50_000))),
            ["html-first"] = () => [.. "<!doctype html><script>alert(1)</script>\n"u8, .. With()],
            ["zip-first"] = () => [.. "PK\u0003\u0004"u8, .. With()],
            ["many-runs"] = ManyRuns,
            ["length-lies"] = () => With(contents: $"<< /Length 2147483647 >>\nstream\n{Text}\nendstream"),
        };

    /// <summary>A page with this in its place; the whole is fine where nothing is given.</summary>
    internal static byte[] With(
        string pages = OnePage,
        string page = Page,
        string content = Text,
        string? contents = null,
        string font = Font,
        string catalog = Catalog,
        string trailer = "",
        IReadOnlyList<string>? further = null
    ) => PdfFile.Write([catalog, pages, page, contents ?? PdfFile.Stream(content), font, .. further ?? []], trailer: trailer);

    /// <summary>Runs a program and a script on opening, where a reader does that.</summary>
    /// <param name="path">The file that the program makes.</param>
    public static byte[] ScriptAndLaunch(string path) =>
        With(
            catalog: "<< /Type /Catalog /Pages 2 0 R /OpenAction 6 0 R /Names << /JavaScript << /Names [(a) 7 0 R] >> >> >>",
            further:
            [
                $"<< /S /Launch /F (/bin/touch) /Unix << /F (/bin/touch) /P ({path}) >> /Next 7 0 R >>",
                $"<< /S /JavaScript /JS (app.launchURL\\('file://{path}'\\); while \\(true\\) {{}}) >>",
            ]
        );

    // Nine levels of ten kids, all the same: a thousand million pages in a few hundred bytes.
    private static byte[] PageBomb()
    {
        const int Levels = 9;
        var nodes = Enumerable
            .Range(6, Levels)
            .Select(number =>
            {
                var kid = number == 5 + Levels ? 3 : number + 1;
                var count = (long)Math.Pow(10, 6 + Levels - number);
                return $"<< /Type /Pages /Count {count} /Kids [{string.Concat(Enumerable.Repeat($"{kid} 0 R ", 10))}] >>";
            });
        return With(pages: "<< /Type /Pages /Count 1000000000 /Kids [6 0 R] >>", further: [.. nodes]);
    }

    private static byte[] DeepTree()
    {
        const int Levels = 20_000;
        var nodes = Enumerable
            .Range(6, Levels)
            .Select(number => $"<< /Type /Pages /Count 1 /Kids [{(number == 5 + Levels ? 3 : number + 1)} 0 R] >>");
        return With(pages: "<< /Type /Pages /Count 1 /Kids [6 0 R] >>", further: [.. nodes]);
    }

    // The table before this one is this one.
    private static byte[] XrefLoop()
    {
        var file = Encoding.Latin1.GetString(With(trailer: "/Prev 0000000000 "));
        var start = file.IndexOf("\nxref", StringComparison.Ordinal) + 1;
        return Encoding.Latin1.GetBytes(
            file.Replace("/Prev 0000000000", $"/Prev {start.ToString("D10", CultureInfo.InvariantCulture)}", StringComparison.Ordinal)
        );
    }

    // The standard handler with keys that no empty password fits.
    private static byte[] Protected()
    {
        var (owner, user) = (new string('a', 64), new string('b', 64));
        return With(
            trailer: "/Encrypt 6 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] ",
            further: [$"<< /Filter /Standard /V 1 /R 2 /O <{owner}> /U <{user}> /P -4 >>"]
        );
    }

    private static byte[] FormInItself() =>
        With(
            page: Page.Replace("/Resources << ", "/Resources << /XObject << /X 6 0 R >> ", StringComparison.Ordinal),
            content: $"{Text} /X Do",
            further:
            [
                PdfFile.Stream("/X Do /X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> "),
            ]
        );

    private static byte[] ManyRuns()
    {
        var content = new StringBuilder();
        for (var run = 0; run < 100_000; run++)
            content.Append(
                CultureInfo.InvariantCulture,
                $"BT /F1 1 Tf {10 + (run % 300 * 2)} {780 - (run / 300 * 2)} Td (r{run % 10}) Tj ET\n"
            );
        return With(content: content.ToString());
    }
}
