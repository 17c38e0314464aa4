using LedgerLift.AspNetCore;

namespace UploadHost;

/// <summary>Refusals that have no exception.</summary>
internal static class Problems
{
    public static IResult Unauthorized { get; } =
        new ProblemAnswer(StatusCodes.Status401Unauthorized, "unauthorized")
        {
            Detail = "Give a valid token: Authorization: Bearer <jti>.",
        };

    public static IResult TimedOut { get; } =
        new ProblemAnswer(StatusCodes.Status503ServiceUnavailable, "timeout") { Detail = "The request took too long; try again later." };

    public static IResult RateLimited(TimeSpan retryAfter) =>
        new ProblemAnswer(StatusCodes.Status429TooManyRequests, "rate_limited")
        {
            Detail = "Too many calls; wait a moment.",
            RetryAfter = retryAfter,
        };
}
