namespace UploadHost;

/// <summary>What browsers are told about every answer.</summary>
internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this IApplicationBuilder app, PartList parts)
    {
        var policy =
            "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'; "
            + $"connect-src 'self'{(parts.StoreOrigin is { } origin ? $" {origin}" : "")}; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        app.Use(
            (context, next) =>
            {
                // At the last moment: whoever clears a half-made answer clears its headers too.
                context.Response.OnStarting(() =>
                {
                    Add(context, policy);
                    return Task.CompletedTask;
                });
                return next(context);
            }
        );
    }

    private static void Add(HttpContext context, string policy)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        // What an API answers belongs to one user and to one moment.
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
            headers.CacheControl = "no-store";
    }
}
