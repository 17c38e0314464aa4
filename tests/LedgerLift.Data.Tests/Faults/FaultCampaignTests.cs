using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LedgerLift.Testing;
using Npgsql;

namespace LedgerLift.Data.Tests;

/// <summary>
/// Transfers under kills: backends terminated, connections reset before, during and after COMMIT, the server killed and restarted. Nothing acknowledged may be
/// lost, nothing written twice, nothing left unknown.
/// </summary>
[Collection(nameof(ServerKillers))]
public sealed class FaultCampaignTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    /// <summary>What the long run makes of each kind; null in the tests' own run, which is as long as a test may be.</summary>
    private static readonly int? LongRun = int.TryParse(
        Setting("LEDGERLIFT_CAMPAIGN_TRANSFERS"),
        CultureInfo.InvariantCulture,
        out var count
    )
        ? count
        : null;

    private readonly string _table = $"t{Guid.NewGuid():N}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Transfers_under_kills_are_written_exactly_once()
    {
        var seed = Environment.TickCount;
        await using var proxy = postgres.StartProxy(captureLimit: 4 * 1024 * 1024);
        var options = Databases.Options(postgres.Through(proxy), Patient);
        await using var database = new PostgresDatabase(options);

        var (campaign, kills) = await RunAsync(new LedgerLiftTransfers(database), proxy, options.Name, LongRun ?? 600, seed);

        await AssertExactlyOnceAsync(campaign, seed);
        Assert.True(kills.ProvenLostReplies >= 50, $"seed {seed}: only {kills.ProvenLostReplies} lost replies");
        Assert.True(kills.All >= 200, $"seed {seed}: only {kills.All} kills");
    }

    /// <summary>That doubles would be seen, and what the same kills do to others; the figures are in docs/data-faults.md.</summary>
    [Theory]
    [InlineData("Entity Framework")]
    [InlineData("Polly")]
    public async Task The_same_kills_make_others_write_twice(string peer)
    {
        var seed = Environment.TickCount;
        await using var proxy = postgres.StartProxy(captureLimit: 4 * 1024 * 1024);
        var settings = new NpgsqlConnectionStringBuilder(postgres.Through(proxy)) { ApplicationName = _table, MaxPoolSize = 8 };
        await using var dataSource = NpgsqlDataSource.Create(settings.ConnectionString);
        ITransfers transfers = peer == "Polly" ? new PollyTransfers(dataSource) : new EntityFrameworkTransfers(dataSource);

        var (campaign, kills) = await RunAsync(transfers, proxy, _table, LongRun ?? 200, seed);

        Assert.True(kills.ProvenLostReplies > 0, $"seed {seed}: no reply was lost");
        Assert.True(await campaign.DoubleAsync() > 0, $"seed {seed}: {kills.ProvenLostReplies} lost replies, and nothing written twice");
    }

    [Fact]
    public async Task A_server_killed_and_restarted_under_transfers_costs_nobody_anything()
    {
        var servers = OwnedServers.Require();
        var campaign = new TransferCampaign(postgres, _table, seed: 7);
        await campaign.CreateAsync();
        await using var database = Databases.Open(postgres, Patient);
        var running = campaign.RunAsync(new LedgerLiftTransfers(database), 400, workers: 8);
        for (var i = 0; i < 2; i++)
        {
            await Poll.UntilAsync(() => campaign.Acknowledged >= 40 * (i + 1), TimeSpan.FromSeconds(30), cancellationToken: Cancellation);
            await servers.KillAsync("postgres");
            await servers.StartAsync("postgres");
        }

        await running;

        NpgsqlConnectionPools.Clear(postgres);
        await AssertExactlyOnceAsync(campaign, seed: 7);
    }

    [SuppressMessage("ApiDesign", "RS0030", Justification = "The long campaign is configured by its script.")]
    private static string? Setting(string name) => Environment.GetEnvironmentVariable(name);

    private static void Patient(DatabaseOptions options)
    {
        (options.PoolSize, options.MaxOverflow) = (8, 0);
        options.Retry.MaxRetries = 100;
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(500);
        options.CommitTimeout = TimeSpan.FromSeconds(60);
    }

    private static async Task AssertExactlyOnceAsync(TransferCampaign campaign, int seed)
    {
        Assert.True(campaign.Failed.Count == 0, $"seed {seed}: {campaign.Failed.FirstOrDefault()}");
        Assert.True(campaign.Unknown.Count == 0, $"seed {seed}: {campaign.Unknown.FirstOrDefault()}");
        Assert.Equal((0, 0L, 8000L), (await campaign.LostAsync(), await campaign.DoubleAsync(), await campaign.TotalAsync()));
    }

    private async Task<(TransferCampaign Campaign, CampaignKills Kills)> RunAsync(
        ITransfers transfers,
        TcpFaultProxy proxy,
        string applicationName,
        int count,
        int seed
    )
    {
        var campaign = new TransferCampaign(postgres, _table, seed);
        await campaign.CreateAsync();
        await using var kills = new CampaignKills(postgres, proxy, applicationName, seed);
        kills.Start();
        await campaign.RunAsync(transfers, count, workers: 8);
        await kills.StopAsync();
        TestContext.Current.SendDiagnosticMessage(
            $"| {transfers.Name} | {count} | {kills.All} | {kills.ProvenLostReplies} | {campaign.Acknowledged} | {campaign.Failed.Count} | {campaign.Unknown.Count} | {await campaign.LostAsync()} | {await campaign.DoubleAsync()} | {await campaign.FailedButThereAsync()} | (seed {seed}, {kills.LostCommits} lost COMMITs, {kills.Terminated} terminated)"
        );
        return (campaign, kills);
    }
}
