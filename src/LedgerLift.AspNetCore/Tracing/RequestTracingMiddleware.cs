using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace LedgerLift.AspNetCore;

/// <summary>Measures requests and completes the framework's spans of them.</summary>
internal sealed class RequestTracingMiddleware(
    RequestDelegate next,
    RequestTracingOptions options,
    FailureAnswers answers,
    TimeProvider time
)
{
    private const string TraceHeader = "X-Trace-ID";

    private readonly PathPattern[] _excluded = [.. options.ExcludedPaths.Select(static path => new PathPattern(path))];
    private readonly SpanStatusConvention _convention = options.StatusConvention;

    public Task InvokeAsync(HttpContext context)
    {
        if (!IsExcluded(context.Request.Path))
            return TraceAsync(context);

        RequestSpan.Silence(context);
        return next(context);
    }

    private async Task TraceAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        var activity = RequestSpan.Of(context);
        if (activity is { IdFormat: ActivityIdFormat.W3C })
            AddHeader(context.Response, activity);

        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            End(context, activity, started, StatusOf(context, failure), failure);
            throw;
        }

        End(context, activity, started, context.Response.StatusCode, failure: null);
    }

    private static void AddHeader(HttpResponse response, Activity activity) =>
        response.OnStarting(
            static state =>
            {
                var (answered, span) = ((HttpResponse, Activity))state;
                answered.Headers[TraceHeader] = span.TraceId.ToHexString();
                return Task.CompletedTask;
            },
            (response, activity)
        );

    // What the caller will be told. An answer that had begun is cut off: that is no success, whatever it said first.
    private int StatusOf(HttpContext context, Exception failure)
    {
        if (ClientLeft.Caused(failure, context))
            return StatusCodes.Status499ClientClosedRequest;

        return context.Response.HasStarted ? StatusCodes.Status500InternalServerError : answers.AnswerTo(failure, context).Status;
    }

    private void End(HttpContext context, Activity? activity, long started, int status, Exception? failure)
    {
        var method = MethodName.Of(context.Request.Method);
        var route = RouteName.Of(context.GetEndpoint());
        RequestMetrics.Record(method, route, status, time.GetElapsedTime(started));
        if (activity is not null)
            RequestSpan.Complete(activity, context, method, route, status, failure, _convention);
    }

    private bool IsExcluded(PathString path) => Array.Exists(_excluded, pattern => pattern.Matches(path.Value ?? "/"));
}
