using LedgerLift.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.FileProviders;

namespace UploadHost.Browser.Tests;

/// <summary>The sample's page as the repository has it.</summary>
internal static class PageFiles
{
    /// <summary>What <c>samples/UploadHost/wwwroot/README.md</c> asks of a host.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' {0}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static string Folder { get; } = Path.Combine(SourceTree.Root, "samples", "UploadHost", "wwwroot");

    /// <summary>Serves the page with its policy; <paramref name="storeOrigin"/> may be sent to as well.</summary>
    public static void UsePage(this IApplicationBuilder app, string storeOrigin = "")
    {
        var policy = string.Format(null, System.Text.CompositeFormat.Parse(ContentSecurityPolicy), storeOrigin);
        app.Use(
            (context, next) =>
            {
                context.Response.Headers.ContentSecurityPolicy = policy;
                context.Response.Headers.XContentTypeOptions = "nosniff";
                return next(context);
            }
        );
        var files = new PhysicalFileProvider(Folder);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files });
    }
}
