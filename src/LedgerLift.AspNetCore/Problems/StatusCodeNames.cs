using Microsoft.AspNetCore.Http;

namespace LedgerLift.AspNetCore;

/// <summary>The code of an answer of which nothing is known but its status.</summary>
internal static class StatusCodeNames
{
    public static string Of(int status) =>
        status switch
        {
            StatusCodes.Status400BadRequest => AspNetCoreErrorCodes.MalformedRequest,
            StatusCodes.Status401Unauthorized => AspNetCoreErrorCodes.Unauthorized,
            StatusCodes.Status403Forbidden => AspNetCoreErrorCodes.Forbidden,
            StatusCodes.Status404NotFound => AspNetCoreErrorCodes.NotFound,
            StatusCodes.Status405MethodNotAllowed => AspNetCoreErrorCodes.MethodNotAllowed,
            StatusCodes.Status408RequestTimeout or StatusCodes.Status504GatewayTimeout => AspNetCoreErrorCodes.Timeout,
            StatusCodes.Status409Conflict => AspNetCoreErrorCodes.Conflict,
            StatusCodes.Status413PayloadTooLarge => AspNetCoreErrorCodes.BodyTooLarge,
            StatusCodes.Status415UnsupportedMediaType => AspNetCoreErrorCodes.UnsupportedMediaType,
            StatusCodes.Status422UnprocessableEntity => AspNetCoreErrorCodes.ValidationFailed,
            StatusCodes.Status429TooManyRequests => AspNetCoreErrorCodes.RateLimited,
            StatusCodes.Status503ServiceUnavailable => AspNetCoreErrorCodes.Unavailable,
            < StatusCodes.Status500InternalServerError => AspNetCoreErrorCodes.RequestRefused,
            _ => AspNetCoreErrorCodes.InternalError,
        };
}
