using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using LedgerLift.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LedgerLift.AspNetCore.Tests;

[Collection(nameof(Alone))]
public sealed class RequestTracingTests
{
    private const string FrameworkSource = "Microsoft.AspNetCore";

    [Theory]
    [InlineData("GET", "/items/7", "/items/{id}", 200, ActivityStatusCode.Ok)]
    [InlineData("GET", "/gone/7", "/gone/{id}", 404, ActivityStatusCode.Ok)]
    [InlineData("GET", "/nowhere/secret", "unmatched", 404, ActivityStatusCode.Ok)]
    [InlineData("POST", "/items/7", "unmatched", 405, ActivityStatusCode.Ok)]
    [InlineData("GET", "/busy", "/busy", 503, ActivityStatusCode.Error)]
    [InlineData("GET", "/throws", "/throws", 500, ActivityStatusCode.Error)]
    [InlineData("GET", "/refuses", "/refuses", 422, ActivityStatusCode.Ok)]
    [InlineData("BREW", "/items/7", "unmatched", 405, ActivityStatusCode.Ok)]
    public async Task A_request_is_one_span_and_one_measurement(
        string method,
        string path,
        string route,
        int status,
        ActivityStatusCode code
    )
    {
        var (span, measured) = await AskAsync(method, path);

        var shownMethod = method == "BREW" ? "_OTHER" : method;
        Assert.Equal(["method", "path", "status_code"], measured.Tags.Keys.Order());
        Assert.Equal(
            (shownMethod, route, status),
            (measured.Tags["method"], measured.Tags["path"], Assert.IsType<int>(measured.Tags["status_code"]))
        );
        Assert.Equal(code, span.Status);
        Assert.Equal(route == "unmatched" ? shownMethod : $"{method} {route}", span.DisplayName);
        Assert.Equal((shownMethod, status), (span.GetTagItem("http.request.method"), span.GetTagItem("http.response.status_code")));
        Assert.Equal(route == "unmatched" ? null : route, span.GetTagItem("http.route"));
        Assert.DoesNotContain(span.TagObjects, tag => tag.Value is string text && text.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_type_of_an_exception_is_on_the_span_and_its_text_is_not()
    {
        var (span, _) = await AskAsync("GET", "/throws");

        Assert.Equal(typeof(InvalidOperationException).FullName, span.GetTagItem("error.type"));
        Assert.Null(span.StatusDescription);
        Assert.Empty(span.Events);
    }

    [Theory]
    [InlineData("/items/7", ActivityStatusCode.Unset)]
    [InlineData("/gone/7", ActivityStatusCode.Unset)]
    [InlineData("/busy", ActivityStatusCode.Error)]
    public async Task OpenTelemetry_leaves_unset_what_is_no_error(string path, ActivityStatusCode code)
    {
        var (span, _) = await AskAsync("GET", path, static options => options.StatusConvention = SpanStatusConvention.OpenTelemetry);

        Assert.Equal(code, span.Status);
    }

    [Fact]
    public async Task An_answer_that_was_cut_off_is_an_error_whatever_it_said_first()
    {
        await using var host = await StartAsync();
        var trace = ActivityTraceId.CreateRandom();
        using var spans = new ActivityRecorder(FrameworkSource, span => span.TraceId == trace);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => SendAsync(host, "GET", "/half", trace));

        await Poll.UntilAsync(() => spans.Stopped.Count == 1);
        Assert.Equal((ActivityStatusCode.Error, 500), (spans.Stopped[0].Status, spans.Stopped[0].GetTagItem("http.response.status_code")));
    }

    [Theory]
    [InlineData("/items/7")]
    [InlineData("/throws")]
    [InlineData("/nowhere")]
    public async Task Every_answer_names_its_trace(string path)
    {
        await using var host = await StartAsync();
        var trace = ActivityTraceId.CreateRandom();

        using var response = await SendAsync(host, "GET", path, trace);

        Assert.Equal(trace.ToHexString(), response.Headers.GetValues("X-Trace-ID").Single());
        Assert.Single(response.Headers.GetValues("X-Request-ID"));
    }

    [Theory]
    [InlineData("/health/database")]
    [InlineData("/HEALTH/")]
    [InlineData("/%68ealth/x")]
    public async Task Excluded_paths_leave_no_span_and_no_measurement(string path)
    {
        await using var host = await StartAsync(static options => options.ExcludedPaths.Add("/health*"));
        var trace = ActivityTraceId.CreateRandom();
        using var spans = new ActivityRecorder("*", span => span.TraceId == trace);
        using var metrics = new MetricRecorder(AspNetCoreDiagnostics.MeterName, null, ("method", "DELETE"));
        using var framework = new MetricRecorder(
            "Microsoft.AspNetCore.Hosting",
            "http.server.request.duration",
            ("http.request.method", "DELETE")
        );

        using var excluded = await SendAsync(host, "DELETE", path, trace);
        using var included = await SendAsync(host, "DELETE", "/items/7", trace);

        Assert.Equal((200, 200), ((int)excluded.StatusCode, (int)included.StatusCode));
        await Poll.UntilAsync(() => spans.Stopped.Any(span => span.DisplayName == "DELETE /items/{id}"));
        Assert.Equal(["/items/{id}", "/items/{id}"], metrics.Measurements.Select(each => each.Tags["path"]));
        Assert.Single(framework.Measurements);
        // The framework stops the excluded one too; exporters drop what is not recorded, and children follow their parent.
        Assert.All(
            spans.Stopped.Where(span => span.DisplayName != "DELETE /items/{id}"),
            span => Assert.False(span.IsAllDataRequested || span.Recorded)
        );
    }

    [Fact]
    public async Task Without_listeners_requests_are_answered_all_the_same()
    {
        await using var host = await StartAsync();

        Assert.Equal("7", await host.Client.GetStringAsync("/items/7"));
    }

    [Fact]
    public async Task A_caller_that_leaves_is_counted_as_499_and_is_no_error()
    {
        await using var host = await StartAsync();
        var trace = ActivityTraceId.CreateRandom();
        using var spans = new ActivityRecorder(FrameworkSource, span => span.TraceId == trace);
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(host.Address.Host, host.Address.Port);
            var request = $"GET /waits HTTP/1.1\r\nHost: x\r\ntraceparent: 00-{trace}-{ActivitySpanId.CreateRandom()}-01\r\n\r\n";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
            await Poll.UntilAsync(() => spans.Started.Count == 1);
            await Poll.UntilAsync(() =>
                host.Log.Records.Any(record => record.Message.Contains("Executing endpoint", StringComparison.Ordinal))
            );
            socket.Client.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        await Poll.UntilAsync(() => spans.Stopped.Count == 1);
        Assert.Equal((ActivityStatusCode.Ok, 499), (spans.Stopped[0].Status, spans.Stopped[0].GetTagItem("http.response.status_code")));
    }

    [Fact]
    public void Wrong_options_are_refused_when_the_pipeline_is_built()
    {
        var app = WebApplication.CreateSlimBuilder().Build();

        Assert.Throws<ArgumentException>(() => app.UseLedgerLiftRequestTracing(static options => options.ExcludedPaths.Add("health")));
    }

    private static async Task<(Activity Span, MetricMeasurement Duration)> AskAsync(
        string method,
        string path,
        Action<RequestTracingOptions>? tracing = null
    )
    {
        await using var host = await StartAsync(tracing);
        var trace = ActivityTraceId.CreateRandom();
        using var spans = new ActivityRecorder("*", span => span.TraceId == trace && span.Kind == ActivityKind.Server);
        using var metrics = new MetricRecorder(AspNetCoreDiagnostics.MeterName);
        using var response = await SendAsync(host, method, path, trace);

        await Poll.UntilAsync(() => spans.Stopped.Count > 0);
        var span = Assert.Single(spans.Stopped);
        Assert.Equal(FrameworkSource, span.Source.Name);
        Assert.Equal(response.Headers.GetValues("X-Request-ID").Single(), span.GetTagItem(AspNetCoreDiagnostics.RequestIdTag));
        var status = (int)response.StatusCode;
        var shownMethod = method == "BREW" ? "_OTHER" : method;
        bool IsMine(MetricMeasurement each) => Equals(each.Tags["status_code"], status) && Equals(each.Tags["method"], shownMethod);
        Assert.Equal(
            1,
            Assert.Single(metrics.Measurements, each => each.Instrument == AspNetCoreDiagnostics.RequestsInstrument && IsMine(each)).Value
        );
        var duration = Assert.Single(
            metrics.Measurements,
            each => each.Instrument == AspNetCoreDiagnostics.DurationInstrument && IsMine(each)
        );
        Assert.InRange(duration.Value, 0, 30);
        return (span, duration);
    }

    private static async Task<HttpResponseMessage> SendAsync(WebHost host, string method, string path, ActivityTraceId trace)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = host.Address };
        return await client.SendAsync(request);
    }

    private static Task<WebHost> StartAsync(Action<RequestTracingOptions>? tracing = null) =>
        WebHost.StartAsync(
            static app =>
            {
                app.MapMethods("/items/{id}", ["GET", "DELETE"], static (string id) => id);
                app.MapGet("/gone/{id}", static (string id) => Results.NotFound(id));
                app.MapGet("/busy", static () => Results.StatusCode(503));
                app.MapGet("/throws", string () => throw new InvalidOperationException("secret"));
                app.MapGet("/refuses", string () => throw new FormatException("secret"));
                app.MapDelete("/health/{**rest}", static () => "fine");
                app.MapGet("/waits", static (CancellationToken gone) => Task.Delay(Timeout.Infinite, gone));
                app.MapGet(
                    "/half",
                    static async (HttpContext context) =>
                    {
                        await context.Response.WriteAsync("half");
                        await context.Response.Body.FlushAsync();
                        throw new InvalidOperationException("then not");
                    }
                );
            },
            static builder =>
                builder.Services.AddLedgerLiftAspNetCore(static options =>
                    options.MapFailure<FormatException>(static _ => new ProblemAnswer(422, "validation_failed"))
                ),
            tracing
        );
}
