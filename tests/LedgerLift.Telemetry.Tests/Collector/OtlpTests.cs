using System.Diagnostics;
using LedgerLift.AspNetCore;
using LedgerLift.Auth;
using LedgerLift.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace LedgerLift.Telemetry.Tests;

[Collection(nameof(Alone))]
public sealed class OtlpTests
{
    private static readonly ActivitySource Source = new("LedgerLift.Telemetry.Tests");

    [Theory]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    [InlineData(OtlpExportProtocol.Grpc)]
    public async Task What_a_host_does_arrives_at_a_collector(OtlpExportProtocol protocol)
    {
        await using var collector = await CollectorStub.StartAsync(protocol == OtlpExportProtocol.Grpc);
        using var sdk = Export(collector.Address, protocol);
        await using var host = await StartHostAsync();
        using var client = new HttpClient { BaseAddress = new Uri(host.Urls.Single()) };
        client.DefaultRequestHeaders.Add("X-Request-ID", "req-otlp");

        using var fine = await client.GetAsync("/items/7");
        using var broken = await client.GetAsync("/broken");
        using var health = await client.GetAsync("/liveness");
        Assert.True(sdk.TracerProvider.ForceFlush(10_000));
        Assert.True(sdk.MeterProvider.ForceFlush(10_000));

        AssertSpans(collector.Spans);
        AssertPoints(collector.Points);
    }

    private static void AssertSpans(IReadOnlyList<ReceivedSpan> spans)
    {
        var request = Assert.Single(spans, static span => span.Name == "GET /items/{id}");
        Assert.Equal(("Microsoft.AspNetCore", ReceivedSpan.Ok, 2L), (request.Scope, request.Status, request.Kind));
        Assert.Equal(
            ("GET", "/items/{id}", 200L),
            (request.Attributes["http.request.method"], request.Attributes["http.route"], request.Attributes["http.response.status_code"])
        );
        Assert.Equal("req-otlp", request.Attributes["ledgerlift.request.id"]);

        var work = Assert.Single(spans, static span => span.Name == "find item");
        Assert.Equal((request.TraceId, request.SpanId, ReceivedSpan.Ok), (work.TraceId, work.ParentId, work.Status));

        var proxied = Assert.Single(spans, static span => span.Name == "IItems.FindAsync");
        Assert.Equal((TelemetryDiagnostics.ActivitySourceName, request.SpanId), (proxied.Scope, work.ParentId));

        var broken = Assert.Single(spans, static span => span.Name == "GET /broken");
        Assert.Equal((ReceivedSpan.Error, "System.InvalidOperationException"), (broken.Status, broken.Attributes["error.type"]));
        Assert.DoesNotContain(spans, static span => span.Name.Contains("liveness", StringComparison.Ordinal));
        Assert.DoesNotContain(
            spans,
            static span =>
                span.Attributes.Values.Any(static value => value is string text && text.Contains("db-7", StringComparison.Ordinal))
        );
    }

    private static void AssertPoints(IReadOnlyList<ReceivedPoint> points)
    {
        var requests = points.Where(static point => point.Name == "ledgerlift.http.requests").ToList();
        Assert.Equal(
            ["GET /broken 500 1", "GET /items/{id} 200 1"],
            requests
                .Select(static point =>
                    $"{point.Attributes["method"]} {point.Attributes["path"]} {point.Attributes["status_code"]} {point.Value}"
                )
                .Order()
        );
        Assert.All(
            requests,
            static point => Assert.Equal(("LedgerLift.AspNetCore", "{request}", 3), (point.Scope, point.Unit, point.Attributes.Count))
        );

        var duration = Assert.Single(
            points,
            static point => point.Name == "ledgerlift.http.duration" && Equals(point.Attributes["status_code"], 200L)
        );
        Assert.Equal(("s", 1L), (duration.Unit, duration.Count));
        Assert.InRange(duration.Value, 0, 30);

        // Another package's meter, and the framework's own.
        Assert.Contains(points, static point => point is { Scope: "LedgerLift.Auth", Name: "ledgerlift.auth.token.operations" });
        Assert.Contains(points, static point => point is { Scope: "Microsoft.AspNetCore.Hosting", Name: "http.server.request.duration" });
    }

    private static OpenTelemetrySdk Export(Uri collector, OtlpExportProtocol protocol) =>
        OpenTelemetrySdk.Create(builder =>
        {
            builder.Services.AddLedgerLiftTelemetry().AddLedgerLiftTelemetry();
            builder.WithTracing(tracing => tracing.AddOtlpExporter(options => Send(options, "v1/traces")));
            builder.WithMetrics(metrics => metrics.AddOtlpExporter(options => Send(options, "v1/metrics")));
            void Send(OtlpExporterOptions options, string path)
            {
                options.Protocol = protocol;
                options.Endpoint = protocol == OtlpExportProtocol.Grpc ? collector : new Uri(collector, path);
            }
        });

    private static async Task<WebApplication> StartHostAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddLedgerLiftAspNetCore().AddLedgerLiftAuth();
        builder.Services.AddTraced<IItems, Items>();
        var app = builder.Build();
        app.UseLedgerLiftRequestId();
        app.UseLedgerLiftRequestTracing(static options => options.ExcludedPaths.Add("/liveness"));
        app.MapLedgerLiftHealth();
        app.MapGet(
            "/items/{id}",
            static async (string id, IItems items) => await Traced.RunAsync(Source, "find item", () => items.FindAsync(id))
        );
        app.MapGet("/broken", string () => throw new InvalidOperationException("no route to db-7"));
        await app.StartAsync();
        return app;
    }

    internal interface IItems
    {
        Task<string> FindAsync(string id);
    }

    private sealed class Items(ITokenStore tokens) : IItems
    {
        public async Task<string> FindAsync(string id) => await tokens.IsActiveAsync(id) ? "known" : "unknown";
    }
}
