using System.Net;
using LedgerLift.Testing;
using UploadHost.Processes;

namespace UploadHost.Tests;

/// <summary>What the host says while one of its servers, or a worker, is dead, and that it works again.</summary>
[Collection(ServerKillers.Name)]
public sealed class OutageTests(QuickFaultHost fixture) : IClassFixture<QuickFaultHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redis_down_is_503_and_never_a_way_in()
    {
        var owned = OwnedServers.Require();
        var user = await NewUserAsync();
        await owned.KillAsync("redis");
        try
        {
            (await user.GetAsync("/api/statistics")).IsRefused(HttpStatusCode.ServiceUnavailable, "token_store_unavailable");
            (await new ApiUser(fixture.Host.Http, "x", "made-up", Token).GetAsync("/api/statistics")).IsRefused(
                HttpStatusCode.ServiceUnavailable,
                "token_store_unavailable"
            );
        }
        finally
        {
            await owned.StartAsync("redis");
        }

        await Poll.UntilAsync(
            async () => (await user.GetAsync("/api/statistics")).Status == HttpStatusCode.OK,
            expected: "the token counts again"
        );
    }

    [Fact]
    public async Task The_store_down_is_503_on_presign_and_works_again_within_a_recovery_time()
    {
        var owned = OwnedServers.Require();
        var user = await NewUserAsync();
        (await user.PresignAsync(ApiUser.Rows())).Is(HttpStatusCode.OK);
        await owned.KillAsync("s3");
        try
        {
            await Poll.UntilAsync(
                async () => (await user.PresignAsync(ApiUser.Rows())).Status == HttpStatusCode.ServiceUnavailable,
                expected: "presign refuses"
            );
            var start = TimeProvider.System.GetTimestamp();
            (await user.PresignAsync(ApiUser.Rows())).IsRefused(HttpStatusCode.ServiceUnavailable, "store_unavailable");
            Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(10));
            await fixture.Host.WaitUntilAsync("/readiness", HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(60), Token);
        }
        finally
        {
            await owned.StartAsync("s3");
        }

        await Poll.UntilAsync(
            async () => (await user.PresignAsync(ApiUser.Rows())).Status == HttpStatusCode.OK,
            expected: "presign works again"
        );
        await fixture.Host.WaitUntilAsync("/readiness", HttpStatusCode.OK, TimeSpan.FromSeconds(60), Token);
    }

    [Fact]
    public async Task The_database_down_is_503_and_recovers()
    {
        var owned = OwnedServers.Require();
        var user = await NewUserAsync();
        await owned.KillAsync("postgres");
        try
        {
            (await user.GetAsync("/api/statistics")).IsRefused(HttpStatusCode.ServiceUnavailable, "database_unavailable");
        }
        finally
        {
            await owned.StartAsync("postgres");
        }

        await Poll.UntilAsync(
            async () => (await user.GetAsync("/api/statistics")).Status == HttpStatusCode.OK,
            expected: "the database answers again"
        );
    }

    [Fact]
    public async Task A_worker_killed_in_the_middle_is_followed_by_another_and_no_artifact_is_there_twice()
    {
        var user = await NewUserAsync();
        var ids = new List<string>();
        for (var count = 0; count < 10; count++)
            ids.Add((await user.UploadAsync(ApiUser.Rows()))["id"]!.GetValue<string>());
        fixture.Workers[0].Kill();

        foreach (var id in ids)
        {
            await user.WaitForAsync(id, "completed");
            var artifacts = (await user.GetAsync($"/api/documents/{id}/artifacts")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
            Assert.Equal(2, artifacts.Count);
        }
    }

    private async Task<ApiUser> NewUserAsync()
    {
        var name = $"user-{Guid.NewGuid():N}";
        var issued = await new ApiUser(fixture.Host.Http, name, token: null, Token).PostAsync(
            "/api/tokens",
            new { userId = name },
            request => request.Headers.Add("X-Admin-Key", HostServers.AdminKey)
        );
        return new ApiUser(fixture.Host.Http, name, issued.Is(HttpStatusCode.Created)["jti"], Token);
    }
}
