using LedgerLift.Storage;
using Microsoft.Extensions.Options;

namespace UploadHost;

/// <summary>What the page asks first: whether it must sign in, which parts are embedded, what may be uploaded.</summary>
internal static class PageEndpoints
{
    public static void MapPage(this IEndpointRouteBuilder routes) => routes.MapGet("/settings.json", GetSettings);

    private static IResult GetSettings(PartList parts, IOptions<UploadPolicyOptions> policy)
    {
        var types = policy.Value.AllowedTypes.ToDictionary(
            pair => pair.Key,
            pair => pair.Value.Select(extension => $".{extension.TrimStart('.')}").ToArray(),
            StringComparer.Ordinal
        );
        var limits = new PageLimitsAnswer(policy.Value.MaxBytes, parts.MultipartThresholdBytes, types);
        return Results.Ok(new PageSettingsAnswer(SignIn: !parts.IsOpen, parts.Embedded, limits));
    }
}
