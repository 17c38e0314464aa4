using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace UploadHost.Browser.Tests;

/// <summary>An object store in memory, of another origin than the page: PUT of objects and parts, create-only, with CORS.</summary>
internal sealed class ScriptedStore : IAsyncDisposable
{
    private readonly WebApplication _server;

    private ScriptedStore(WebApplication server)
    {
        _server = server;
        server.Run(AnswerAsync);
    }

    /// <summary>Answers in the store's place when it returns true.</summary>
    public Func<HttpContext, Task<bool>> Script { get; set; } = _ => Task.FromResult(false);

    public ConcurrentDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>By key and part number.</summary>
    public ConcurrentDictionary<(string Key, int Number), byte[]> Parts { get; } = [];

    public int Puts => Volatile.Read(ref _puts);

    public Uri Url => new(_server.Urls.First());

    private int _puts;

    public static async Task<ScriptedStore> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var store = new ScriptedStore(builder.Build());
        await store._server.StartAsync();
        return store;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.AccessControlAllowHeaders = "content-type, content-md5, if-none-match";
        context.Response.Headers.AccessControlAllowMethods = "PUT";
        context.Response.Headers.AccessControlExposeHeaders = "x-amz-request-id, Retry-After";
        if (HttpMethods.IsOptions(context.Request.Method) || await Script(context))
            return;
        await PutAsync(context);
    }

    private async Task PutAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        Interlocked.Increment(ref _puts);
        var key = context.Request.Path.Value!.TrimStart('/');
        if (int.TryParse(context.Request.Query["partNumber"], null, out var number))
            Parts[(key, number)] = body.ToArray();
        else if (!Objects.TryAdd(key, body.ToArray()))
            context.Response.StatusCode = StatusCodes.Status412PreconditionFailed;
    }
}
