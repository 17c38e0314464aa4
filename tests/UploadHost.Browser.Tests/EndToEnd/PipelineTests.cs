using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LedgerLift.Testing;
using Microsoft.Playwright;
using UploadHost.Processes;

namespace UploadHost.Browser.Tests;

/// <summary>The main job on real input: from a file on a disk to a trail that anybody can verify.</summary>
public sealed class PipelineTests(ServerHost host, Chromium chromium) : IClassFixture<ServerHost>, IDisposable
{
    private static readonly string[] WholeTrail = ["document.completed", "document.processing", "document.uploaded"];
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Real_documents_from_the_browser_and_the_command_line_are_worked_on_once_and_their_whole_trail_is_seen_and_verified()
    {
        await using var visitor = await Visitor.OpenAsync(chromium, host);
        using var user = new ApiReader(host.BaseUrl, (await host.IssueTokenAsync())!);
        var pdfs = new PrintedPdf(chromium, _folder);
        var (skia, other) = (await pdfs.PrintAsync("skia-1"), await pdfs.PrintAsync("skia-2"));
        string[] byBrowser = [skia, await pdfs.RewriteAsync(skia, "cairo-1"), await pdfs.UniteAsync("united", skia, other)];
        string[] byCommand = [other, await pdfs.RewriteAsync(other, "cairo-2"), await pdfs.UniteAsync("united-back", other, skia)];

        await visitor.ChooseAsync(byBrowser);
        foreach (var file in byBrowser)
            await visitor.WaitForStateAsync(Path.GetFileName(file), "done");
        await UploadByCommandAsync(user.Token, byCommand);

        var documents = await user.CompletedAsync(byBrowser.Length + byCommand.Length);
        foreach (var file in byBrowser.Concat(byCommand))
        {
            var document = documents.Single(one => one["fileName"]!.GetValue<string>() == Path.GetFileName(file));
            await CheckStoredAsync(file, document);
            CheckArtifacts(file, await user.ListAsync(document, "artifacts"));
            await CheckTrailAsync(visitor, document, await user.ListAsync(document, "events"), byBrowser.Contains(file) ? "web-" : "cli-");
        }

        await CheckExportAsync(documents);
        await BothWorkersWorkAsync(user, documents);
    }

    private async Task UploadByCommandAsync(string token, IEnumerable<string> files)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["UPLOAD_HOST"] = host.BaseUrl.ToString(),
            ["UPLOAD_TOKEN"] = token,
            ["UPLOAD_STATE"] = Path.Combine(_folder.Path, "state"),
        };
        var (code, output) = await SampleProcess.RunAsync("UploadClient", settings, ["upload", .. files, "--json"], Token);
        Assert.True(code == 0, output);
    }

    private async Task CheckStoredAsync(string file, JsonNode document)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file, Token)));
        Assert.Equal(hash, document["sha256"]!.GetValue<string>());
        Assert.Equal(hash, await host.ReadBackSha256Async(document["key"]!.GetValue<string>(), document["id"]!.GetValue<string>()));
    }

    private static void CheckArtifacts(string file, IReadOnlyList<JsonNode> artifacts)
    {
        var texts = artifacts.Select(one => (Page: one["page"]!.GetValue<int>(), Text: one["data"]!["text"]!.GetValue<string>())).ToList();
        Assert.Equal(texts.Distinct(), texts);
        var pages = Path.GetFileName(file).StartsWith("united", StringComparison.Ordinal) ? 4 : 2;
        Assert.Equal(Enumerable.Range(1, pages), texts.Select(one => one.Page).Distinct());
        foreach (var page in Enumerable.Range(1, pages))
        {
            // An invoice's first page and its second have texts of their own.
            string[] expected = page % 2 == 1 ? ["Invoice skia-", "1234.50 EUR"] : ["Terms of skia-", "Payable within thirty days."];
            var found = string.Join('\n', texts.Where(one => one.Page == page).Select(one => one.Text));
            Assert.All(expected, text => Assert.Contains(text, found, StringComparison.Ordinal));
        }

        Assert.All(artifacts, one => Assert.Equal(("text", 1d), (one["type"]!.GetValue<string>(), one["confidence"]!.GetValue<double>())));
        Assert.All(artifacts, IsOnThePage);
    }

    // A4 is 595 by 842 points.
    private static void IsOnThePage(JsonNode artifact)
    {
        double Of(string name) => artifact["box"]![name]!.GetValue<double>();
        Assert.InRange(Of("width"), 1, 595);
        Assert.InRange(Of("height"), 1, 100);
        Assert.InRange(Of("x"), 0, 595 - Of("width"));
        Assert.InRange(Of("y"), 0, 842 - Of("height"));
    }

    private static async Task CheckTrailAsync(Visitor visitor, JsonNode document, IReadOnlyList<JsonNode> events, string origin)
    {
        Assert.Equal(WholeTrail, events.Select(one => one["eventType"]!.GetValue<string>()));
        Assert.StartsWith(origin, events[^1]["requestId"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(events.Select(When).OrderDescending(), events.Select(When));
        var name = document["fileName"]!.GetValue<string>();
        await visitor.Row(name).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name, Exact = true }).ClickAsync();
        var entries = visitor.Page.Locator("#details .timeline li");
        await entries.First.WaitForAsync();
        var shown = await entries.EvaluateAllAsync<string[]>("items => items.map((item) => item.dataset.event)");
        Assert.Equal(WholeTrail, shown);
        await visitor.Page.Keyboard.PressAsync("Escape");
    }

    private async Task CheckExportAsync(IReadOnlyList<JsonNode> documents)
    {
        var (trail, key) = (Path.Combine(_folder.Path, "trail.ndjson"), Path.Combine(_folder.Path, "key"));
        await File.WriteAllTextAsync(key, ServerHost.SigningKey, Token);
        var exported = await SampleProcess.RunAsync("UploadHost", host.Servers.Settings, ["--export-trail", trail], Token);
        Assert.True(exported.Code == 0, exported.Output);

        var verified = await SampleProcess.RunAsync("AuditVerify", [], [trail, "--secret-file", $"audit-1={key}"], Token);
        Assert.True(verified.Code == 0, verified.Output);
        var lines = await File.ReadAllLinesAsync(trail, Token);
        foreach (var id in documents.Select(document => document["id"]!.GetValue<string>()))
        {
            var own = lines.Where(line => line.Contains(id, StringComparison.Ordinal)).ToList();
            Assert.Equal(3, own.Count);
            Assert.All(WholeTrail.Reverse().Index(), step => Assert.Contains(step.Item, own[step.Index], StringComparison.Ordinal));
        }
    }

    // Each document was completed by one of the two; and each of the two completes some, if not of the first documents, then of more.
    private async Task BothWorkersWorkAsync(ApiReader user, IReadOnlyList<JsonNode> documents)
    {
        foreach (var id in documents.Select(document => document["id"]!.GetValue<string>()))
            Assert.Single(
                host.Workers.SelectMany(worker => worker.Output.Split('\n')),
                line => IsCompletion(line) && line.Contains(id, StringComparison.Ordinal)
            );
        var count = documents.Count;
        while (!host.Workers.All(HasCompleted))
        {
            Assert.True(count < 100, "One worker does all the work.");
            await UploadByCommandAsync(user.Token, Enumerable.Range(0, 8).Select(_ => NewRows()));
            count += 8;
            await user.CompletedAsync(count);
        }
    }

    private static bool HasCompleted(SampleProcess worker) => worker.Output.Split('\n').Any(IsCompletion);

    private static bool IsCompletion(string line) => line.Contains("is completed with", StringComparison.Ordinal);

    private static DateTimeOffset When(JsonNode entry) => entry["createdAt"]!.GetValue<DateTimeOffset>();

    private string NewRows()
    {
        var path = Path.Combine(_folder.Path, $"{Guid.NewGuid():N}.csv");
        File.WriteAllText(path, $"id\n{Guid.NewGuid()}\n");
        return path;
    }
}
