using DocumentPipeline;
using LedgerLift.AspNetCore;
using Microsoft.Extensions.Options;

namespace UploadHost;

/// <summary>What a request passes, in order, and where it ends.</summary>
internal static class HostPipeline
{
    public static void Configure(WebApplication app, PartList parts)
    {
        // Opened now, so that a folder that another host has ends the start and not the first request.
        app.Services.GetRequiredService<IDocumentStore>();
        var options = app.Services.GetRequiredService<IOptions<HostOptions>>().Value;
        // First, so that failures have these headers too; then ids, and behind them every failure becomes an answer.
        app.UseSecurityHeaders(parts);
        app.UseLedgerLiftRequestId();
        if (options.PerformanceMonitoring)
            app.UseLedgerLiftRequestTracing(tracing => tracing.ExcludedPaths.Add("/liveness"));
        if (options.RequestLogging)
            app.UseRequestLog();
        app.UseDefaultFiles();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache" });
        app.UseRouting();
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.MapTokens();
        app.MapUploads();
        app.MapMultipart();
        app.MapDocuments();
        app.MapWebhooks();
        app.MapPage();
        app.MapLedgerLiftHealth();
        app.MapOpenApi("/openapi.json");
        app.MapStore();
    }
}
