using System.Text;
using LedgerLift.Auditing.Contract;

namespace LedgerLift.Auditing.Tests;

public sealed class AuditExportTests
{
    private static readonly Uri s_source = new("https://ledgerlift.example/audit");

    [Fact]
    public async Task Ndjson_holds_one_entry_a_line_and_all_come_back()
    {
        AuditEntry[] entries = [.. AuditEntries.Any.Seeded(500)];

        var lines = await LinesAsync(output => AuditExport.WriteNdjsonAsync(Stream(entries), output));

        Assert.Equal(entries, lines.Select(AuditEntry.FromJson));
    }

    [Fact]
    public async Task A_cloud_event_is_that_of_the_golden_file() =>
        Assert.Equal(
            Golden.Text("cloudevent-v1.json"),
            Assert.Single(await LinesAsync(output => AuditExport.WriteCloudEventsAsync(Stream(AuditEntries.Full), output, s_source)))
        );

    [Fact]
    public async Task Every_cloud_event_keeps_the_rules_of_the_specification()
    {
        AuditEntry[] entries = [.. AuditEntries.Any.Seeded(500)];

        var lines = await LinesAsync(output => AuditExport.WriteCloudEventsAsync(Stream(entries), output, s_source));

        foreach (var (entry, line) in entries.Zip(lines))
        {
            var cloudEvent = Json.Parse(line);
            CloudEventRules.Check(cloudEvent);
            Assert.Equal(entry.Id.ToString(), cloudEvent.GetProperty("id").GetString());
            Assert.Equal(entry, AuditEntry.FromJson(cloudEvent.GetProperty("data").GetRawText()));
        }
    }

    [Fact]
    public async Task An_ocsf_event_is_that_of_the_golden_file() =>
        Assert.Equal(
            Golden.Text("ocsf-v1.json"),
            Assert.Single(await LinesAsync(output => AuditExport.WriteOcsfAsync(Stream(AuditEntries.Full), output, "LedgerLift")))
        );

    [Fact]
    public async Task Every_ocsf_event_has_the_published_shape()
    {
        var schema = OcsfSchema.Load();
        AuditEntry[] entries = [.. AuditEntries.Any.Seeded(500), AuditEntries.Full, AuditEntries.Bare];

        var lines = await LinesAsync(output => AuditExport.WriteOcsfAsync(Stream(entries), output, "LedgerLift"));

        foreach (var (entry, line) in entries.Zip(lines))
        {
            var ocsf = Json.Parse(line);
            Assert.Equal([], schema.FaultsOf(ocsf));
            Assert.Equal(600_300 + ocsf.GetProperty("activity_id").GetInt32(), ocsf.GetProperty("type_uid").GetInt32());
            Assert.Equal(entry.Timestamp.ToUnixTimeMilliseconds(), ocsf.GetProperty("time").GetInt64());
        }
    }

    [Theory]
    [InlineData("document.upload", 1, "Create")]
    [InlineData("document.read", 2, "Read")]
    [InlineData("document.Update", 3, "Update")]
    [InlineData("token.revoke", 4, "Delete")]
    [InlineData("delete", 4, "Delete")]
    [InlineData("document.sign", 99, "document.sign")]
    [InlineData("document.", 99, "document.")]
    public async Task The_last_word_of_an_action_says_what_it_does(string action, int activity, string name)
    {
        var entry = new AuditEntry(AuditEntries.Bare.Id, AuditEntries.Bare.Timestamp, action, "document", "x");

        var ocsf = Json.Parse(Assert.Single(await LinesAsync(output => AuditExport.WriteOcsfAsync(Stream(entry), output, "P"))));

        Assert.Equal(activity, ocsf.GetProperty("activity_id").GetInt32());
        Assert.Equal(name, ocsf.GetProperty("activity_name").GetString());
    }

    [Theory]
    [InlineData("success", 1, "Success")]
    [InlineData("failure", 2, "Failure")]
    [InlineData("denied", 2, "Failure")]
    [InlineData("partly", 99, "partly")]
    public async Task The_result_is_normalized_and_kept(string result, int status, string caption)
    {
        var entry = new AuditEntry(AuditEntries.Bare.Id, AuditEntries.Bare.Timestamp, "a", "b", result);

        var ocsf = Json.Parse(Assert.Single(await LinesAsync(output => AuditExport.WriteOcsfAsync(Stream(entry), output, "P"))));

        Assert.Equal((status, caption), (ocsf.GetProperty("status_id").GetInt32(), ocsf.GetProperty("status").GetString()));
        Assert.Equal(result, ocsf.GetProperty("status_code").GetString());
    }

    [Fact]
    public async Task A_cancelled_export_ends()
    {
        using var output = new MemoryStream();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            AuditExport.WriteNdjsonAsync(Stream(AuditEntries.Bare), output, new CancellationToken(canceled: true))
        );
    }

    [Fact]
    public async Task Bad_arguments_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => AuditExport.WriteNdjsonAsync(null!, System.IO.Stream.Null));
        await Assert.ThrowsAsync<ArgumentNullException>(() => AuditExport.WriteNdjsonAsync(Stream(), null!));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            AuditExport.WriteCloudEventsAsync(Stream(), System.IO.Stream.Null, new Uri("", UriKind.Relative))
        );
        await Assert.ThrowsAsync<ArgumentException>(() => AuditExport.WriteOcsfAsync(Stream(), System.IO.Stream.Null, " "));
    }

    private static async Task<string[]> LinesAsync(Func<Stream, Task<long>> write)
    {
        using var output = new MemoryStream();
        var count = await write(output);
        var text = Encoding.UTF8.GetString(output.ToArray());
        var lines = text.Split('\n')[..^1];
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.Equal(lines.Length, count);
        return lines;
    }

    private static async IAsyncEnumerable<AuditEntry> Stream(params AuditEntry[] entries)
    {
        await Task.Yield();
        foreach (var entry in entries)
            yield return entry;
    }
}
