using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace UploadHost;

/// <summary>How often a caller may call what costs.</summary>
internal static class RateLimits
{
    public const string Presign = "presign";
    public const string Administration = "administration";

    public static void AddHostRateLimits(this IServiceCollection services) =>
        services.AddRateLimiter(limiter =>
        {
            limiter.OnRejected = RefuseAsync;
            limiter.AddPolicy(
                Presign,
                context => Bucket(context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "", Options(context).PresignsPerMinute)
            );
            limiter.AddPolicy(
                Administration,
                context => Bucket(context.Connection.RemoteIpAddress?.ToString() ?? "", Options(context).AdminCallsPerMinute)
            );
        });

    private static HostOptions Options(HttpContext context) => context.RequestServices.GetRequiredService<IOptions<HostOptions>>().Value;

    private static RateLimitPartition<string> Bucket(string key, int perMinute) =>
        RateLimitPartition.GetTokenBucketLimiter(
            key,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perMinute,
                TokensPerPeriod = Math.Max(1, perMinute / 60),
                ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 60.0 / perMinute)),
                QueueLimit = 0,
            }
        );

    private static async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var given) ? given : TimeSpan.FromSeconds(1);
        await Problems.RateLimited(wait).ExecuteAsync(rejected.HttpContext);
    }
}
