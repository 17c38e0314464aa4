using System.Security.Cryptography;
using UploadHost.Processes;

namespace UploadHost.Tests;

/// <summary>What was acknowledged is there, whatever dies meanwhile.</summary>
[Collection(ServerKillers.Name)]
public sealed class FaultTests(FaultHost fixture) : IClassFixture<FaultHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hundred_uploads_while_every_server_is_killed_once()
    {
        var storm = new UploadStorm(fixture.Servers, fixture.Host, (address, token) => new HardenedClient(address, token));

        var outcomes = await storm.RunAsync(Token);
        // The test's own connections from before the kill.
        fixture.Servers.Postgres.DataSource.Clear();

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
            await fixture.Servers.Postgres.ReadAsync<long>(
                "SELECT count(*) FROM (SELECT 1 FROM documents GROUP BY user_id, sha256 HAVING count(*) > 1 UNION ALL SELECT 1 FROM documents GROUP BY user_id, key HAVING count(*) > 1) twice"
            )
        );
    }

    private async Task CheckAsync(UploadOutcome outcome)
    {
        var key = await fixture.Servers.Postgres.ReadAsync<string>(
            $"SELECT key FROM documents WHERE id = '{outcome.DocumentId}' AND sha256 = '{outcome.Sha256}'"
        );
        using var stored = await fixture.Servers.S3.Client.GetObjectAsync(fixture.Servers.S3.Bucket, key, Token);
        Assert.Equal(outcome.Sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(stored.ResponseStream, Token)));
        var registered = await fixture.Servers.Postgres.ReadAsync<long>(
            $"SELECT count(*) FROM {fixture.Servers.Settings["LedgerLift__Auditing__Schema"]}.audit_entries WHERE resource_id = '{outcome.DocumentId}' AND action = 'document.uploaded'"
        );
        Assert.Equal(1, registered);
    }

    private static string Failures(IEnumerable<UploadOutcome> outcomes) =>
        string.Join(
            '\n',
            outcomes.Where(outcome => outcome.Failure is not null).Select(outcome => $"{outcome.Duration} {outcome.Failure!.Message}")
        );
}
