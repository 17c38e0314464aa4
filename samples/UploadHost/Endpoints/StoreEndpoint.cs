using LedgerLift.Storage;
using Microsoft.AspNetCore.Http.Features;

namespace UploadHost;

/// <summary>Serves the embedded store's own signed URLs, which a real store serves itself.</summary>
internal static class StoreEndpoint
{
    public const string Prefix = "/store";

    /// <summary>Maps the store when it is the embedded one.</summary>
    public static void MapStore(this WebApplication app)
    {
        if (app.Services.GetService<FileSystemObjectStore>() is { } store)
            app.Map(Prefix + "/{**key}", context => ServeAsync(context, store))
                .WithRequestTimeout(Timeouts.Transfer)
                .ExcludeFromDescription();
    }

    private static async Task ServeAsync(HttpContext context, FileSystemObjectStore store)
    {
        // The signature says how long the body may be; the store holds it to that.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        var request = context.Request;
        var headers = request.Headers.ToDictionary(
            header => header.Key,
            header => header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase
        );
        var url = new Uri($"{request.Scheme}://{request.Host}{request.Path}{request.QueryString}");
        await using var result = await store.HandleSignedRequestAsync(request.Method, url, headers, request.Body, context.RequestAborted);
        context.Response.StatusCode = result.StatusCode;
        foreach (var (name, value) in result.Headers)
            context.Response.Headers[name] = value;
        await result.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
