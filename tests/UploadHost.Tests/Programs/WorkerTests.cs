using System.Text;
using LedgerLift.Testing;
using UploadHost.Processes;

namespace UploadHost.Tests;

/// <summary>The commands of the worker that need no server, and how it says what is missing.</summary>
public sealed class WorkerTests : IDisposable
{
    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Shows_what_is_in_a_file()
    {
        var pdf = await WriteAsync("a.pdf", SamplePdf.Unique("Invoice 4711"));
        var csv = await WriteAsync("a.csv", Encoding.UTF8.GetBytes("name,total\nAda,1\n"));

        var (pdfCode, pdfOutput) = await SampleProcess.RunAsync("DocumentWorker", Nothing, ["process-file", pdf], Token);
        var (csvCode, csvOutput) = await SampleProcess.RunAsync("DocumentWorker", Nothing, ["process-file", csv], Token);

        Assert.Equal((0, 0), (pdfCode, csvCode));
        Assert.Contains("Invoice 4711", pdfOutput, StringComparison.Ordinal);
        Assert.Contains("\"Ada\"", csvOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_pages_where_no_tool_is_installed_and_says_so()
    {
        var pdf = await WriteAsync("a.pdf", SamplePdf.Unique("Invoice 4711"));
        var dotnet = Path.GetDirectoryName(Environment.ProcessPath)!;
        // A path on which only the runtime is found.
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = dotnet };

        var (code, output) = await SampleProcess.RunAsync("DocumentWorker", settings, ["process-file", pdf], Token);

        Assert.True(code == 0, output);
        Assert.Contains("1\tpage", output, StringComparison.Ordinal);
        Assert.Contains("poppler-utils", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_and_a_missing_setting_are_one_line()
    {
        var broken = await WriteAsync("a.pdf", "%PDF-1.4 broken"u8.ToArray());

        var (damaged, damage) = await SampleProcess.RunAsync("DocumentWorker", Nothing, ["process-file", broken], Token);
        var (missing, line) = await SampleProcess.RunAsync("DocumentWorker", Nothing, ["work"], Token);

        Assert.Equal((1, 1), (damaged, missing));
        Assert.Single(damage.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(
            "DATABASE_URL is missing",
            Assert.Single(line.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal
        );
    }

    private async Task<string> WriteAsync(string name, byte[] content)
    {
        var path = Path.Combine(_folder.Path, name);
        await File.WriteAllBytesAsync(path, content, Token);
        return path;
    }
}
