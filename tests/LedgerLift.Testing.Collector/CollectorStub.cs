using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Testing;

/// <summary>Takes what OTLP exporters send, by HTTP with protocol buffers or by gRPC, as a collector does.</summary>
public sealed class CollectorStub : IAsyncDisposable
{
    private const int GrpcPrefix = 5;

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ProtoMessage> _traces = new();
    private readonly ConcurrentQueue<ProtoMessage> _metrics = new();

    private CollectorStub(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>What arrived, span by span.</summary>
    public IReadOnlyList<ReceivedSpan> Spans => [.. _traces.SelectMany(ReceivedSpan.Of)];

    /// <summary>What arrived, point by point.</summary>
    public IReadOnlyList<ReceivedPoint> Points => [.. _metrics.SelectMany(ReceivedPoint.Of)];

    /// <summary>Starts one, for gRPC or for HTTP.</summary>
    public static async Task<CollectorStub> StartAsync(bool grpc)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
            options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = grpc ? HttpProtocols.Http2 : HttpProtocols.Http1)
        );
        var stub = new CollectorStub(builder.Build());
        stub.MapAll();
        await stub._app.StartAsync();
        return stub;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void MapAll()
    {
        _app.MapPost("/v1/traces", context => TakeAsync(context, _traces));
        _app.MapPost("/v1/metrics", context => TakeAsync(context, _metrics));
        _app.MapPost("/opentelemetry.proto.collector.trace.v1.TraceService/Export", context => TakeGrpcAsync(context, _traces));
        _app.MapPost("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", context => TakeGrpcAsync(context, _metrics));
    }

    // What it cannot take is answered 500, and then the test finds nothing.
    private static async Task TakeAsync(HttpContext context, ConcurrentQueue<ProtoMessage> taken)
    {
        if (context.Request.ContentType != "application/x-protobuf")
            throw new InvalidDataException($"A collector does not take {context.Request.ContentType}.");
        taken.Enqueue(ProtoMessage.Parse(await ReadAsync(context)));
        context.Response.ContentType = "application/x-protobuf";
    }

    private static async Task TakeGrpcAsync(HttpContext context, ConcurrentQueue<ProtoMessage> taken)
    {
        var body = await ReadAsync(context);
        // The first byte says that nothing is compressed.
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) is not true || body[0] != 0)
            throw new InvalidDataException($"A collector does not take {context.Request.ContentType}, compressed: {body[0]}.");
        taken.Enqueue(ProtoMessage.Parse(body.AsSpan(GrpcPrefix)));
        context.Response.ContentType = "application/grpc";
        context.Response.AppendTrailer("grpc-status", "0");
        await context.Response.Body.WriteAsync(new byte[GrpcPrefix]);
    }

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }
}
