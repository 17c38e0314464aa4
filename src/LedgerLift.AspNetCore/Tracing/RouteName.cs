using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LedgerLift.AspNetCore;

/// <summary>What stands for a path in telemetry: the route's template, so that there are only so many.</summary>
internal static class RouteName
{
    public const string Unmatched = "unmatched";

    public static string Of(Endpoint? endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } template }
            ? template.StartsWith('/')
                ? template
                : '/' + template
            : Unmatched;
}
