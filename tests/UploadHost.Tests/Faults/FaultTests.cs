using System.Net;
using System.Security.Cryptography;
using LedgerLift.Testing;
using UploadHost.Processes;

namespace UploadHost.Tests;

/// <summary>What was acknowledged is there, whatever dies meanwhile.</summary>
[Collection(ServerKillers.Name)]
public sealed class FaultTests : IAsyncLifetime
{
    private readonly HostServers _servers = new();
    private readonly List<SampleProcess> _workers = [];
    private RunningHost? _host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RunningHost Host => _host ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        await _servers.InitializeAsync();
        _servers.Settings["LedgerLift__Storage__Resilience__CircuitBreaker__RecoveryTimeout"] = "00:00:03";
        _servers.Settings["LedgerLift__Storage__HealthCacheDuration"] = "00:00:01";
        _host = await RunningHost.StartAsync(_servers.Settings, Token);
        for (var count = 0; count < 2; count++)
            _workers.Add(SampleProcess.Start("DocumentWorker", _servers.Settings, "work"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
            await worker.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
        await _servers.DisposeAsync();
    }

    [Fact]
    public async Task Two_hundred_uploads_while_every_server_is_killed_once()
    {
        var storm = new UploadStorm(_servers, Host, (address, token) => new HardenedClient(address, token));

        var outcomes = await storm.RunAsync(Token);
        // The test's own connections from before the kill.
        _servers.Postgres.DataSource.Clear();

        Assert.Equal(200, outcomes.Count);
        var acknowledged = outcomes.Where(outcome => outcome.DocumentId is not null).ToList();
        Assert.True(acknowledged.Count >= 190, Failures(outcomes));
        // Three calls, each bounded.
        Assert.All(outcomes, outcome => Assert.InRange(outcome.Duration, TimeSpan.Zero, TimeSpan.FromSeconds(95)));
        Assert.All(
            outcomes.Where(outcome => outcome.DocumentId is null),
            outcome =>
                Assert.True(
                    outcome.Failure is HttpRequestException or TimeoutException or UploadClient.HostRefusedException,
                    outcome.Failure.ToString()
                )
        );
        foreach (var outcome in acknowledged)
            await CheckAsync(outcome);
        Assert.Equal(
            0L,
            await _servers.Postgres.ReadAsync<long>(
                "SELECT count(*) FROM (SELECT 1 FROM documents GROUP BY user_id, sha256 HAVING count(*) > 1 UNION ALL SELECT 1 FROM documents GROUP BY user_id, key HAVING count(*) > 1) twice"
            )
        );
    }

    [Fact]
    public async Task Redis_down_is_503_and_never_a_way_in()
    {
        var owned = OwnedServers.Require();
        var user = await NewUserAsync();
        await owned.KillAsync("redis");
        try
        {
            (await user.GetAsync("/api/statistics")).IsRefused(HttpStatusCode.ServiceUnavailable, "token_store_unavailable");
            (await new ApiUser(Host.Http, "x", "made-up", Token).GetAsync("/api/statistics")).IsRefused(
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
            await Host.WaitUntilAsync("/readiness", HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(60), Token);
        }
        finally
        {
            await owned.StartAsync("s3");
        }

        await Poll.UntilAsync(
            async () => (await user.PresignAsync(ApiUser.Rows())).Status == HttpStatusCode.OK,
            expected: "presign works again"
        );
        await Host.WaitUntilAsync("/readiness", HttpStatusCode.OK, TimeSpan.FromSeconds(60), Token);
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
        _workers[0].Kill();

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
        var issued = await new ApiUser(Host.Http, name, token: null, Token).PostAsync(
            "/api/tokens",
            new { userId = name },
            request => request.Headers.Add("X-Admin-Key", HostServers.AdminKey)
        );
        return new ApiUser(Host.Http, name, issued.Is(HttpStatusCode.Created)["jti"], Token);
    }

    private async Task CheckAsync(UploadOutcome outcome)
    {
        var key = await _servers.Postgres.ReadAsync<string>(
            $"SELECT key FROM documents WHERE id = '{outcome.DocumentId}' AND sha256 = '{outcome.Sha256}'"
        );
        using var stored = await _servers.S3.Client.GetObjectAsync(_servers.S3.Bucket, key, Token);
        Assert.Equal(outcome.Sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(stored.ResponseStream, Token)));
        var registered = await _servers.Postgres.ReadAsync<long>(
            $"SELECT count(*) FROM {_servers.Settings["LedgerLift__Auditing__Schema"]}.audit_entries WHERE resource_id = '{outcome.DocumentId}' AND action = 'document.uploaded'"
        );
        Assert.Equal(1, registered);
    }

    private static string Failures(IEnumerable<UploadOutcome> outcomes) =>
        string.Join(
            '\n',
            outcomes.Where(outcome => outcome.Failure is not null).Select(outcome => $"{outcome.Duration} {outcome.Failure!.Message}")
        );
}
