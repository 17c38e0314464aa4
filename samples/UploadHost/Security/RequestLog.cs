namespace UploadHost;

/// <summary>A line for each request: method, route, status, time. No path, query or header of the caller's.</summary>
internal static partial class RequestLog
{
    public static void UseRequestLog(this IApplicationBuilder app)
    {
        var logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("UploadHost.Requests");
        var time = app.ApplicationServices.GetRequiredService<TimeProvider>();
        app.Use(
            async (context, next) =>
            {
                var start = time.GetTimestamp();
                await next(context);
                var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "unmatched";
                Handled(logger, context.Request.Method, route, context.Response.StatusCode, time.GetElapsedTime(start).TotalMilliseconds);
            }
        );
    }

    [LoggerMessage(9110, LogLevel.Information, "{Method} {Route} was answered with {Status} in {Milliseconds} ms.")]
    private static partial void Handled(ILogger logger, string method, string route, int status, double milliseconds);
}
