using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LedgerLift.Testing;

namespace LedgerLift.Data.Tests;

/// <summary>
/// Transfers under kills: backends terminated, connections reset before, during and after COMMIT, the server killed and restarted. Nothing acknowledged may be
/// lost, nothing written twice, nothing left unknown.
/// </summary>
[Collection(nameof(ServerKillers))]
public sealed class FaultCampaignTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    /// <summary>The long run raises this; the tests' own run is as long as a test may be.</summary>
    private static readonly int Transfers = int.TryParse(
        Setting("LEDGERLIFT_CAMPAIGN_TRANSFERS"),
        CultureInfo.InvariantCulture,
        out var count
    )
        ? count
        : 600;

    private readonly string _table = $"t{Guid.NewGuid():N}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ReadOnlySpan<byte> Idle => "Z\0\0\0\x5I"u8;

    [Fact]
    public async Task Transfers_under_kills_are_written_exactly_once()
    {
        var seed = Environment.TickCount;
        var campaign = new TransferCampaign(postgres, _table, seed);
        await campaign.CreateAsync();
        await using var proxy = postgres.StartProxy(captureLimit: 4 * 1024 * 1024);
        var options = Databases.Options(postgres.Through(proxy), Patient);
        await using var database = new PostgresDatabase(options);
        using var lostReplies = proxy.DropReplyTo("COMMIT\0"u8, Fault.Reset, Idle, Chance(seed, 0.15));
        using var lostCommits = proxy.ClientToServer.WhenPasses("COMMIT\0"u8, Fault.Reset, deliver: false, Chance(seed + 1, 0.08));
        using var lostWork = proxy.ClientToServer.WhenPasses("INSERT INTO"u8, Fault.Reset, deliver: true, Chance(seed + 2, 0.12));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var killing = KillBackendsAsync(options.Name, stop.Token);

        await campaign.RunAsync(database, Transfers, workers: 8);

        await stop.CancelAsync();
        var terminated = await killing;
        var proven = lostReplies.FiredOn.Count(CommitReachedAndReplyWasLost);
        var kills = lostReplies.Fired + lostCommits.Fired + lostWork.Fired + terminated;
        TestContext.Current.SendDiagnosticMessage(
            $"seed {seed}: {campaign.Acknowledged} transfers, {kills} kills, {proven} proven lost replies to COMMIT, {lostCommits.Fired} lost COMMITs, {terminated} terminated"
        );
        await AssertExactlyOnceAsync(campaign, seed);
        Assert.True(proven >= 50, $"seed {seed}: only {proven} lost replies");
        Assert.True(kills >= 200, $"seed {seed}: only {kills} kills");
    }

    [Fact]
    public async Task A_server_killed_and_restarted_under_transfers_costs_nobody_anything()
    {
        var servers = OwnedServers.Require();
        var campaign = new TransferCampaign(postgres, _table, seed: 7);
        await campaign.CreateAsync();
        await using var database = Databases.Open(postgres, Patient);
        var running = campaign.RunAsync(database, 400, workers: 8);
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

    private static FaultSchedule Chance(int seed, double probability) =>
        FaultSchedule.EveryTime with
        {
            Probability = probability,
            Random = new SeededRandom(seed),
        };

    private static void Patient(DatabaseOptions options)
    {
        (options.PoolSize, options.MaxOverflow) = (8, 0);
        options.Retry.MaxRetries = 100;
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(500);
        options.CommitTimeout = TimeSpan.FromSeconds(60);
    }

    private static bool CommitReachedAndReplyWasLost(ProxyConnection connection)
    {
        var sent = PostgresWire
            .Frontend(connection.ClientToServer.DeliveredBytes())
            .Count(message => message is { Type: 'P', Text: "COMMIT" });
        var answered = Commits(connection.ServerToClient.ReceivedBytes());
        return connection.ClientToServer.IsCaptureWhole
            && sent == answered
            && Commits(connection.ServerToClient.DeliveredBytes()) == sent - 1;
    }

    private static int Commits(byte[] bytes) => PostgresWire.Backend(bytes).Count(message => message is { Type: 'C', Text: "COMMIT" });

    private static async Task AssertExactlyOnceAsync(TransferCampaign campaign, int seed)
    {
        Assert.True(campaign.Failed.Count == 0, $"seed {seed}: {campaign.Failed.FirstOrDefault()}");
        Assert.True(campaign.Unknown.Count == 0, $"seed {seed}: {campaign.Unknown.FirstOrDefault()}");
        Assert.Equal((0L, 0L, 8000L), (await campaign.LostAsync(), await campaign.DoubleAsync(), await campaign.TotalAsync()));
    }

    private async Task<int> KillBackendsAsync(string name, CancellationToken stop)
    {
        var killed = 0;
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(150, CancellationToken.None);
            killed += (int)
                await postgres.ReadAsync<long>(
                    $"SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity WHERE application_name = '{name}' ORDER BY random() LIMIT 2) p"
                );
        }

        return killed;
    }
}
