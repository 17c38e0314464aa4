using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LedgerLift.AspNetCore;

/// <summary>What is written on the framework's own span of a request.</summary>
internal static class RequestSpan
{
    public static Activity? Of(HttpContext context) => context.Features.Get<IHttpActivityFeature>()?.Activity;

    public static void Complete(
        Activity activity,
        HttpContext context,
        string method,
        string route,
        int status,
        Exception? failure,
        SpanStatusConvention convention
    )
    {
        var isMatched = !string.Equals(route, RouteName.Unmatched, StringComparison.Ordinal);
        activity.DisplayName = isMatched ? $"{method} {route}" : method;
        if (activity.IsAllDataRequested)
        {
            activity.SetTag("http.request.method", method);
            if (isMatched)
                activity.SetTag("http.route", route);
            activity.SetTag("http.response.status_code", status);
            activity.SetTag(AspNetCoreDiagnostics.RequestIdTag, context.TraceIdentifier);
        }

        if (status < StatusCodes.Status500InternalServerError)
        {
            activity.SetStatus(convention is SpanStatusConvention.OkBelow500 ? ActivityStatusCode.Ok : ActivityStatusCode.Unset);
            return;
        }

        // The exception's text may hold anything; its type and the request's id lead to the log, which is redacted.
        activity.SetStatus(ActivityStatusCode.Error);
        activity.SetTag("error.type", failure?.GetType().FullName ?? status.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Lets the request leave no span, and its children none either, and no measurement of the framework's.</summary>
    public static void Silence(HttpContext context)
    {
        if (Of(context) is { } activity)
        {
            activity.IsAllDataRequested = false;
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }

        if (context.Features.Get<IHttpMetricsTagsFeature>() is { } metrics)
            metrics.MetricsDisabled = true;
    }
}
