using System.Net;
using System.Text.Json.Nodes;
using LedgerLift.Testing;
using UploadHost.Processes;

namespace UploadHost.Tests;

/// <summary>The command-line client, run as people run it.</summary>
public sealed class ClientTests(EmbeddedHostFixture fixture) : IClassFixture<EmbeddedHostFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Uploads_lists_shows_and_deletes_as_json()
    {
        var token = (await RunAsync("token", $"user-{Guid.NewGuid():N}")).Output.Trim();
        var (first, second) = (NewFile("a.csv"), NewFile("b.csv"));

        var (code, output) = await RunAsync("upload", first, second, "--json", "--token", token);

        Assert.Equal(0, code);
        var reports = Lines(output);
        Assert.Equal(["a.csv", "b.csv"], reports.Select(report => report["file"]!.GetValue<string>()));
        var id = reports[0]["document"]!["id"]!.GetValue<string>();
        Assert.Equal(2, Lines((await RunAsync("list", "--json", "--token", token)).Output).Count);
        var shown = Assert.Single(Lines((await RunAsync("show", id, "--json", "--token", token)).Output));
        Assert.Contains("document.uploaded", shown["events"]!.AsArray().Select(entry => entry!["eventType"]!.GetValue<string>()));
        Assert.Equal(0, (await RunAsync("delete", id, "--token", token)).Code);
        Assert.Single(Lines((await RunAsync("list", "--json", "--token", token)).Output));
    }

    [Fact]
    public async Task A_refused_file_does_not_keep_the_others_back_and_the_exit_code_tells()
    {
        var (good, bad) = (NewFile("good.csv"), NewFile("bad.exe"));

        var (code, output) = await RunAsync("upload", good, bad);

        Assert.Equal(1, code);
        Assert.Contains("good.csv", output, StringComparison.Ordinal);
        Assert.Contains("validation_failed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_file_goes_in_parts_and_is_gone_on_with_after_a_cut()
    {
        var file = NewFile("large.csv", 90 << 20);
        var settings = Settings();
        await using (var cut = SampleProcess.Start("UploadClient", settings, "upload", file))
        {
            var saved = settings["UPLOAD_STATE"];
            for (
                var tries = 0;
                tries < 600 && !cut.HasExited && !(Directory.Exists(saved) && Directory.EnumerateFiles(saved, "*.json").Any());
                tries++
            )
                await Task.Delay(20, Token);
            cut.Kill();
        }

        var (code, output) = await SampleProcess.RunAsync("UploadClient", settings, ["upload", file, "--resume", "--json"], Token);

        Assert.True(code == 0, output);
        var document = Assert.Single(Lines(output))["document"]!;
        Assert.Equal(90L << 20, document["fileSize"]!.GetValue<long>());
        Assert.Equal(ApiUser.Sha256(await File.ReadAllBytesAsync(file, Token)), document["sha256"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_signed_webhook_and_a_wrong_secret()
    {
        var broken = Path.Combine(_folder.Path, "broken.pdf");
        await File.WriteAllBytesAsync(broken, [.. "%PDF-1.4 broken"u8, .. Guid.NewGuid().ToByteArray()], Token);
        var report = Assert.Single(Lines((await RunAsync("upload", broken, "--json")).Output));
        var id = report["document"]!["id"]!.GetValue<string>();
        var issued = await new ApiUser(fixture.Http, "x", token: null, Token).PostAsync(
            "/api/tokens",
            new { userId = Environment.UserName }
        );
        await new ApiUser(fixture.Http, "x", issued.Is(HttpStatusCode.Created)["jti"], Token).WaitForAsync(id, "failed");

        Assert.Equal(1, (await RunAsync("webhook", id, "retrying", "--secret", "another-secret-0123456789abcdef0123456789")).Code);
        Assert.Equal(2, (await RunAsync("webhook", id, "retrying", "--secret", "short")).Code);
        Assert.Equal(0, (await RunAsync("webhook", id, "retrying", "--secret", HostFixture.HmacSecret)).Code);
    }

    private async Task<(int Code, string Output)> RunAsync(params string[] args) =>
        await SampleProcess.RunAsync("UploadClient", Settings(), args, Token);

    private Dictionary<string, string> Settings() =>
        new(StringComparer.Ordinal)
        {
            ["UPLOAD_HOST"] = fixture.Host.Address.ToString(),
            ["UPLOAD_STATE"] = Path.Combine(_folder.Path, "state"),
        };

    private string NewFile(string name, int length = 0)
    {
        var path = Path.Combine(_folder.Path, name);
        var row = $"{Guid.NewGuid()},1\n";
        File.WriteAllText(
            path,
            length == 0 ? $"name,total\n{row}" : string.Concat(Enumerable.Repeat(row, (length / row.Length) + 1))[..length]
        );
        return path;
    }

    private static List<JsonNode> Lines(string output) =>
        [
            .. output
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => line.StartsWith('{'))
                .Select(line => JsonNode.Parse(line)!),
        ];
}
