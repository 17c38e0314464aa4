using Microsoft.AspNetCore.Http.Timeouts;

namespace UploadHost;

/// <summary>How long requests may take.</summary>
internal static class Timeouts
{
    /// <summary>The policy of calls that move or read a whole document.</summary>
    public const string Transfer = "transfer";

    public static void AddHostTimeouts(this IServiceCollection services, HostOptions options) =>
        services.AddRequestTimeouts(timeouts =>
        {
            timeouts.DefaultPolicy = Policy(options.RequestTimeout);
            timeouts.AddPolicy(Transfer, Policy(options.UploadTimeout));
        });

    private static RequestTimeoutPolicy Policy(TimeSpan timeout) =>
        new()
        {
            Timeout = timeout,
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            WriteTimeoutResponse = Problems.TimedOut.ExecuteAsync,
        };
}
