using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LedgerLift.Testing;
using UploadHost.Processes;

namespace UploadHost.Tests;

/// <summary>What the host and the worker tell a collector, and what they write, of one upload of the command line's.</summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private const string Host = "ledgerlift-upload-host";
    private const string Worker = "ledgerlift-document-worker";
    private readonly HostServers _servers = new();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _servers.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _servers.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_upload_is_one_trace_through_host_and_worker_with_metrics_and_redacted_lines()
    {
        await using var collector = await CollectorStub.StartAsync(grpc: false);
        var settings = Settings(collector.Address);
        string token;
        string[] lines;
        await using (var host = await RunningHost.StartAsync(settings, Token))
        await using (var worker = SampleProcess.Start("DocumentWorker", settings, "work"))
        {
            token = await UploadAsync(host);
            await Poll.UntilAsync(
                () =>
                    collector.Spans.Any(span => span.Name == "process document")
                    && PointsOf(collector, Worker).Any()
                    && PointsOf(collector, Host).Any(),
                TimeSpan.FromSeconds(60),
                "spans and metrics of both"
            );
            host.Process.Terminate();
            worker.Terminate();
            Assert.Equal((0, 0), (await host.Process.WaitAsync(Token), await worker.WaitAsync(Token)));
            lines = [.. host.Process.Output.Split('\n'), .. worker.Output.Split('\n')];
        }

        var trace = AssertOneTrace(collector.Spans);
        AssertMetrics(collector);
        AssertLines(lines, trace);
        // Neither the token nor the file's name, which holds an address, left by any of the ways.
        string[] told = [.. lines, .. collector.Spans.SelectMany(span => span.Attributes.Values).OfType<string>()];
        Assert.DoesNotContain(
            told,
            text => text.Contains(token, StringComparison.Ordinal) || text.Contains("ada@", StringComparison.Ordinal)
        );
    }

    private static string AssertOneTrace(IReadOnlyList<ReceivedSpan> spans)
    {
        var work = Assert.Single(spans, span => span.Name == "process document");
        var registration = Assert.Single(spans, span => span.Name == "POST /api/documents");
        var announcement = Assert.Single(spans, span => span.Name == "POST /api/uploads/presign");
        Assert.Equal((Worker, Host), (work.Service, registration.Service));
        Assert.Equal((registration.TraceId, registration.SpanId), (work.TraceId, work.ParentId));
        Assert.Equal(registration.TraceId, announcement.TraceId);
        var scopes = spans.Where(span => span.TraceId == work.TraceId).Select(span => (span.Service, span.Scope)).ToHashSet();
        // The packages' own spans are parts of it, on both sides.
        (string, string)[] expected =
        [
            (Host, "LedgerLift.Storage"),
            (Host, "LedgerLift.Data"),
            (Worker, "LedgerLift.Storage"),
            (Worker, "LedgerLift.Data"),
        ];
        Assert.All(expected, one => Assert.Contains(one, scopes));
        return work.TraceId;
    }

    private static void AssertMetrics(CollectorStub collector)
    {
        Assert.Contains(
            PointsOf(collector, Host),
            point =>
                point.Name == "ledgerlift.http.requests"
                && Equals(point.Attributes["path"], "/api/documents")
                && Equals(point.Attributes["status_code"], 201L)
        );
        Assert.Contains(PointsOf(collector, Host), point => point.Name == "http.server.request.duration");
        Assert.Contains(PointsOf(collector, Worker), point => point.Name == "ledgerlift.storage.operation.duration");
        Assert.Contains(PointsOf(collector, Worker), point => point.Name == "ledgerlift.auditing.entries");
    }

    private static void AssertLines(IEnumerable<string> lines, string trace)
    {
        var events = lines.Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!).ToList();
        var handled = Assert.Single(
            events,
            one => Is(one, "UploadHost.Requests") && Message(one).StartsWith("POST /api/documents was", StringComparison.Ordinal)
        );
        Assert.StartsWith("cli-", handled["request_id"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(trace, handled["trace_id"]!.GetValue<string>());
        var completed = Assert.Single(events, one => Message(one).Contains("is completed with", StringComparison.Ordinal));
        Assert.Equal(trace, completed["trace_id"]!.GetValue<string>());
    }

    private async Task<string> UploadAsync(RunningHost host)
    {
        var name = $"user-{Guid.NewGuid():N}";
        var issued = await new ApiUser(host.Http, name, token: null, Token).PostAsync(
            "/api/tokens",
            new { userId = name },
            request => request.Headers.Add("X-Admin-Key", HostServers.AdminKey)
        );
        var token = issued.Is(HttpStatusCode.Created)["jti"];
        var file = Path.Combine(_folder.Path, "of-ada@example.org.csv");
        await File.WriteAllTextAsync(file, $"id\n{Guid.NewGuid()}\n", Encoding.UTF8, Token);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["UPLOAD_HOST"] = host.Address.ToString(),
            ["UPLOAD_TOKEN"] = token,
            ["UPLOAD_STATE"] = Path.Combine(_folder.Path, "state"),
        };
        var (code, output) = await SampleProcess.RunAsync("UploadClient", settings, ["upload", file, "--json"], Token);
        Assert.True(code == 0, output);
        return token;
    }

    private Dictionary<string, string> Settings(Uri collector) =>
        new(_servers.Settings, StringComparer.Ordinal)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.ToString(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            ["ENABLE_REQUEST_LOGGING"] = "true",
            ["LOG_FORMAT"] = "json",
        };

    private static IEnumerable<ReceivedPoint> PointsOf(CollectorStub collector, string service) =>
        collector.Points.Where(point => point.Service == service);

    private static bool Is(JsonNode line, string category) => line["category"]!.GetValue<string>() == category;

    private static string Message(JsonNode line) => line["message"]!.GetValue<string>();
}
