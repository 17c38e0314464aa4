using System.Security.Claims;
using DocumentPipeline;

namespace UploadHost;

/// <summary>Who calls.</summary>
internal static class Caller
{
    /// <summary>The user of the token; only behind <c>[Authorize]</c>.</summary>
    public static string UserId(this HttpContext context) =>
        context.User.FindFirstValue(ClaimTypes.NameIdentifier)
        ?? throw new InvalidOperationException("An endpoint that asks for its user stands behind authorisation.");

    /// <summary>The caller, for the trail.</summary>
    public static Actor ToActor(this HttpContext context) =>
        new(
            context.User.FindFirstValue(ClaimTypes.NameIdentifier),
            context.Connection.RemoteIpAddress?.ToString(),
            Short(context.Request.Headers.UserAgent.ToString())
        );

    private static string? Short(string agent) => agent.Length == 0 ? null : agent[..Math.Min(agent.Length, 200)];
}
