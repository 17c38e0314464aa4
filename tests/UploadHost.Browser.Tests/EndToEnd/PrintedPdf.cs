using System.Diagnostics;
using LedgerLift.Testing;
using Microsoft.Playwright;

namespace UploadHost.Browser.Tests;

/// <summary>Real PDFs of two pages by real programs: printed by Chromium (Skia), written anew by Cairo, and both put together by Poppler.</summary>
internal sealed class PrintedPdf(Chromium chromium, TemporaryFolder folder)
{
    /// <summary>Prints an invoice of two pages: its name and total on the first, its terms on the second.</summary>
    public async Task<string> PrintAsync(string name)
    {
        var context = await chromium.NewContextAsync(new BrowserNewContextOptions());
        await using (context)
        {
            var page = await context.NewPageAsync();
            await page.SetContentAsync(
                $"""
                <style>body {"{ font: 12pt serif }"} h2 {"{ break-before: page }"}</style>
                <h1>Invoice {name}</h1><table><tr><td>Total due</td><td>1234.50 EUR</td></tr></table>
                <h2>Terms of {name}</h2><p>Payable within thirty days.</p>
                """
            );
            var path = PathOf($"{name}.pdf");
            await page.PdfAsync(new PagePdfOptions { Path = path, Format = "A4" });
            return path;
        }
    }

    /// <summary>The same pages, written by another program.</summary>
    public Task<string> RewriteAsync(string pdf, string name) => RunAsync("pdftocairo", name, "-pdf", pdf);

    /// <summary>One file with the pages of several.</summary>
    public Task<string> UniteAsync(string name, params string[] pdfs) => RunAsync("pdfunite", name, pdfs);

    private async Task<string> RunAsync(string tool, string name, params string[] arguments)
    {
        var program =
            Executables.Find(tool)
            ?? throw new ServerMissingException($"{tool} is not on the PATH. Install it with `eng/services install tools`.");
        var path = PathOf($"{name}.pdf");
        using var process = Process.Start(program, [.. arguments, path]);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return path;
    }

    private string PathOf(string file) => folder[file];
}
