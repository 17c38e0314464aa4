using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using LedgerLift.Testing;

namespace DocumentPipeline.Tests;

public sealed class PdfExtractionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Finds_lines_with_page_place_and_confidence()
    {
        var found = await ReadAsync(SamplePdf.Of(["Invoice 4711", "Total 12.50"], ["Second page"]));

        Assert.Null(found.Note);
        Assert.Equal(["Invoice 4711", "Total 12.50", "Second page"], found.Artifacts.Select(Text));
        Assert.Equal([1, 1, 2], found.Artifacts.Select(artifact => artifact.Page));
        Assert.All(
            found.Artifacts,
            artifact => Assert.Equal((1d, "text", "poppler-pdftotext"), (artifact.Confidence, artifact.Type, artifact.Engine))
        );
        // The first line stands at 72 points from the left, and the second below the first.
        Assert.Equal(72, found.Artifacts[0].Box!.X, tolerance: 1);
        Assert.InRange(found.Artifacts[0].Box!.Height, 5, 20);
        Assert.True(found.Artifacts[1].Box!.Y > found.Artifacts[0].Box!.Y);
    }

    [Fact]
    public async Task Reads_the_first_pages_of_a_long_document_and_says_so()
    {
        var pages = Enumerable.Range(1, 7).Select(page => new[] { $"Page {page}" }).ToArray();

        var found = await ReadAsync(SamplePdf.Of(pages), limits => limits.Pages = 5);

        Assert.Equal(5, found.Artifacts.Count);
        Assert.Equal("Only the first 5 pages were read.", found.Note);
    }

    [Fact]
    public async Task Keeps_so_many_lines_and_says_so()
    {
        var found = await ReadAsync(
            SamplePdf.Of([.. Enumerable.Range(1, 9).Select(line => $"Line {line}")]),
            limits => limits.Artifacts = 4
        );

        Assert.Equal(4, found.Artifacts.Count);
        Assert.Equal("Only the first 4 lines were kept.", found.Note);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%PDF-1.7\n")]
    [InlineData("no pdf at all")]
    public async Task Refuses_what_is_no_document(string content) =>
        await Assert.ThrowsAsync<UnreadableException>(() => ReadAsync(Encoding.Latin1.GetBytes(content)));

    [Fact]
    public async Task Refuses_a_document_cut_in_the_middle_of_its_bytes_or_reads_what_is_left_of_it()
    {
        var whole = SamplePdf.Of(["Some text"], ["More text"]);
        for (var length = 1; length < whole.Length; length += 37)
        {
            var failure = await Record.ExceptionAsync(() => ReadAsync(whole[..length]));
            Assert.True(failure is null or UnreadableException, $"{length} bytes: {failure}");
        }
    }

    [Fact]
    public async Task Ends_a_tool_that_never_ends()
    {
        var watch = Stopwatch.StartNew();

        var failure = await Assert.ThrowsAsync<UnreadableException>(() =>
            ReadAsync(SamplePdf.Of(["Text"]), limits => (limits.PdfTool, limits.Time) = (Script("sleep 60"), TimeSpan.FromSeconds(1)))
        );

        Assert.Contains("longer than 1 s", failure.Message, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(30));
    }

    // A tool that is always busy reaches both limits at once; here the clock's does not run, for the document is still to come.
    [Theory]
    [InlineData("", "The document took longer than 1 s to read.")]
    [InlineData("echo '<html>'", "The document took longer than 1 s to read.")]
    [InlineData("echo '<html><page/></html>'", "The document took longer than 1 s to read.")]
    [InlineData("trap '' XCPU", "The document cannot be read: it is damaged or protected, or reading it needs more than it may.")]
    public async Task Ends_a_tool_that_took_its_processor_time_as_one_that_took_its_time_even_if_it_will_not(string first, string told)
    {
        var pid = Path.Combine(_folder.Path, "pid");
        var tool = Script($"echo $$ > '{pid}.new'; mv '{pid}.new' '{pid}'; {first}\nwhile :; do :; done", reads: false);
        var limits = new ExtractionLimits { PdfTool = tool, Time = TimeSpan.FromSeconds(1) };
        var document = new Pipe();

        var reading = new DocumentReader(limits).ReadAsync(
            Guid.NewGuid(),
            "application/pdf",
            sha256: null,
            document.Reader.AsStream(),
            Token
        );
        await Poll.UntilAsync(() => File.Exists(pid), TimeSpan.FromSeconds(30), cancellationToken: Token);
        var process = $"/proc/{(await File.ReadAllTextAsync(pid, Token)).Trim()}";
        await Poll.UntilAsync(() => !Directory.Exists(process), TimeSpan.FromSeconds(60), cancellationToken: Token);
        await document.Writer.CompleteAsync();

        var failure = await Assert.ThrowsAsync<UnreadableException>(() => reading);
        Assert.Equal(told, failure.Message);
    }

    [Fact]
    public async Task Ends_a_tool_that_wants_too_much_memory_or_prints_too_much()
    {
        await Assert.ThrowsAsync<UnreadableException>(() => ReadAsync(SamplePdf.Of(["Text"]), limits => limits.MemoryBytes = 4 << 20));
        await Assert.ThrowsAsync<UnreadableException>(() =>
            ReadAsync(SamplePdf.Of(["Text"]), limits => (limits.PdfTool, limits.OutputBytes) = (Script("yes '<a></a>'"), 1 << 20))
        );
    }

    [Fact]
    public async Task The_tool_gets_none_of_our_variables()
    {
        Environment.SetEnvironmentVariable("LEDGERLIFT_CANARY", "secret");

        var failure = await Record.ExceptionAsync(() =>
            ReadAsync(
                SamplePdf.Of(["Text"]),
                limits => limits.PdfTool = Script("if [ -n \"$LEDGERLIFT_CANARY\" ]; then echo '<html><page/></html>'; fi")
            )
        );

        Assert.IsType<UnreadableException>(failure);
    }

    [Fact]
    public async Task Names_a_wrong_hash_before_anything_else()
    {
        var failure = await Assert.ThrowsAsync<UnreadableException>(() =>
            new DocumentReader(new ExtractionLimits()).ReadAsync(
                Guid.NewGuid(),
                "application/pdf",
                new string('0', 64),
                new MemoryStream("no pdf"u8.ToArray()),
                Token
            )
        );

        Assert.Contains("SHA-256", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<Extraction> ReadAsync(byte[] content, Action<ExtractionLimits>? configure = null)
    {
        var limits = new ExtractionLimits();
        configure?.Invoke(limits);
        return await new DocumentReader(limits).ReadAsync(
            Guid.NewGuid(),
            "application/pdf",
            sha256: null,
            new MemoryStream(content),
            Token
        );
    }

    private string Script(string body, bool reads = true)
    {
        var path = Path.Combine(_folder.Path, $"tool-{Guid.NewGuid():N}");
        File.WriteAllText(path, $"#!/bin/sh\n{(reads ? "cat > /dev/null" : "")}\n{body}\n");
#pragma warning disable CA1416 // The servers of the tests run on Linux, and so do the tests.
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        return path;
    }

    private static string Text(Artifact artifact) => artifact.Data!.Value.GetProperty("text").GetString()!;
}
