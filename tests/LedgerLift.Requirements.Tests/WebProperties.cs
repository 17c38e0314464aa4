using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using LedgerLift.AspNetCore;
using LedgerLift.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace LedgerLift.Requirements.Tests;

public sealed class WebProperties : IDisposable
{
    private const string Meter = "LedgerLift.AspNetCore";
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddLedgerLiftAspNetCore().BuildServiceProvider();
    private readonly MetricRecorder _metrics = new(Meter, "ledgerlift.http.requests");

    public void Dispose()
    {
        _metrics.Dispose();
        _services.Dispose();
    }

    [Fact, Trait("Property", "15")]
    public void An_excluded_path_is_answered_and_not_traced() =>
        Prop.ForAll(
                Cases.Of(Gen.Elements("/health", "/HEALTH", "/health/", "/health/database", "/health/a/b")),
                Cases.Of(Gen.Choose(200, 599)),
                (path, status) =>
                {
                    _metrics.Clear();
                    var answered = Ask("GET", path, status, span: null);
                    Assert.Equal(status, answered);
                    Assert.Empty(_metrics.Measurements);
                }
            )
            .Check(Cases.Config);

    [Fact, Trait("Property", "16")]
    public void A_span_is_an_error_from_500_on_and_ok_below() =>
        Prop.ForAll(
                Cases.Of(Gen.Choose(200, 599)),
                status =>
                {
                    using var span = new Activity("request").Start();
                    Ask("GET", "/documents", status, span);
                    Assert.Equal(status >= 500 ? ActivityStatusCode.Error : ActivityStatusCode.Ok, span.Status);
                }
            )
            .Check(Cases.Config);

    [Fact, Trait("Property", "17")]
    public void Every_request_is_counted_with_method_path_and_status() =>
        Prop.ForAll(
                Cases.Of(Gen.Elements("GET", "POST", "PUT", "DELETE")),
                Cases.Of(Gen.Choose(200, 599)),
                (method, status) =>
                {
                    _metrics.Clear();
                    Ask(method, "/documents", status, span: null);
                    var counted = Assert.Single(_metrics.Measurements);
                    Assert.Equal(["method", "path", "status_code"], counted.Tags.Keys.Order());
                    Assert.Equal(
                        (method, "unmatched", (object)status),
                        (counted.Tags["method"], counted.Tags["path"], counted.Tags["status_code"])
                    );
                }
            )
            .Check(Cases.Config);

    private int Ask(string method, string path, int status, Activity? span)
    {
        var pipeline = new ApplicationBuilder(_services);
        pipeline.UseLedgerLiftRequestTracing(options => options.ExcludedPaths.Add("/health*"));
        pipeline.Run(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        var context = new DefaultHttpContext { RequestServices = _services };
        context.Request.Method = method;
        context.Request.Path = path;
        if (span is not null)
            context.Features.Set<IHttpActivityFeature>(new SpanOfRequest(span));
        pipeline.Build()(context).GetAwaiter().GetResult();
        return context.Response.StatusCode;
    }

    private sealed class SpanOfRequest(Activity span) : IHttpActivityFeature
    {
        public Activity Activity { get; set; } = span;
    }
}
