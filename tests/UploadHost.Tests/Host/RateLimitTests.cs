using System.Net;
using LedgerLift.Testing;
using UploadHost.Processes;

namespace UploadHost.Tests;

/// <summary>How many uploads a user may announce in a minute.</summary>
public sealed class RateLimitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Who_announces_too_much_is_told_to_wait_and_nobody_else_is()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LedgerLift__Host__DataFolder"] = _folder.Path,
            ["LedgerLift__Host__PresignsPerMinute"] = "3",
        };
        await using var host = await RunningHost.StartAsync(settings, Token);
        var (eager, other) = (await SignInAsync(host, "eager"), await SignInAsync(host, "other"));
        for (var count = 0; count < 3; count++)
            (await eager.PresignAsync(ApiUser.Rows())).Is(HttpStatusCode.OK);

        var refused = await eager.PresignAsync(ApiUser.Rows());

        refused.IsRefused(HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.InRange(refused.Message.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        (await other.PresignAsync(ApiUser.Rows())).Is(HttpStatusCode.OK);
        (await eager.GetAsync("/api/documents")).Is(HttpStatusCode.OK);
    }

    private static async Task<ApiUser> SignInAsync(RunningHost host, string name)
    {
        var issued = await new ApiUser(host.Http, name, token: null, Token).PostAsync("/api/tokens", new { userId = name });
        return new ApiUser(host.Http, name, issued.Is(HttpStatusCode.Created)["jti"], Token);
    }
}
