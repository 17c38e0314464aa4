using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LedgerLift.Testing;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>The tests' own run; <c>eng/campaign auth</c> makes a longer one.</summary>
[Collection(nameof(ServerKillers))]
public sealed class FaultCampaignTests(RedisFixture redis, RedisClusterFixture cluster)
    : IClassFixture<RedisFixture>,
        IClassFixture<RedisClusterFixture>
{
    private const int RoundsOfTests = 20;
    private const int RoundsForOneKill = 10;

    [Fact]
    public async Task Histories_under_killed_connections_and_a_killed_server_are_those_of_the_model()
    {
        var servers = OwnedServers.Require();
        var random = new SeededRandom();
        await using var connection = new RedisConnection(redis.Options(), database: -1, TimeProvider.System);
        var campaign = new FaultCampaign(connection, () => RedisLink.OpenAsync(redis.Options()), redis.KeyPrefix + "c");

        for (var round = 0; round < Rounds; round++)
            await campaign.RunAsync(round, random, round % RoundsForOneKill == RoundsForOneKill - 1 ? KillAsync : CutAsync);

        Report(campaign, $"{Rounds / RoundsForOneKill} rounds with a killed server");

        async Task CutAsync()
        {
            await Task.Delay(random.Next(1, 15));
            using var wire = new RedisWire(redis.Address);
            wire.EndOthers();
        }

        async Task KillAsync()
        {
            await Task.Delay(random.Next(1, 15));
            await servers.KillAsync("redis");
            await servers.StartAsync("redis");
        }
    }

    [Fact]
    public async Task Histories_under_moving_slots_are_those_of_the_model()
    {
        var random = new SeededRandom();
        using var slots = new ClusterSlots(cluster.Addresses);
        await using var connection = new RedisConnection(cluster.Options(), database: -1, TimeProvider.System);
        var campaign = new FaultCampaign(connection, cluster.OpenAsync, cluster.KeyPrefix + "c");

        for (var round = 0; round < Rounds; round++)
            await campaign.RunAsync(round, random, MoveAsync);

        Report(campaign, "a slot moved again and again in each");

        async Task MoveAsync()
        {
            await slots.MoveAsync(slots.SlotOf(random.Next(2) == 0 ? "ann" : "bob"), amid: () => Task.Delay(random.Next(1, 10)));
            await Task.Delay(random.Next(1, 30));
        }
    }

    [SuppressMessage("ApiDesign", "RS0030", Justification = "A test is a host: the campaign tells it how long to run.")]
    private static int Rounds =>
        int.TryParse(Environment.GetEnvironmentVariable("LEDGERLIFT_CAMPAIGN_ROUNDS"), CultureInfo.InvariantCulture, out var rounds)
            ? rounds
            : RoundsOfTests;

    private static void Report(FaultCampaign campaign, string faults) =>
        TestContext.Current.SendDiagnosticMessage(
            $"{Rounds} histories, {campaign.Calls} calls, {campaign.Unanswered} of them without an answer; {faults}"
        );
}
