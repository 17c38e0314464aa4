using System.Globalization;
using LedgerLift.Testing;

namespace LedgerLift.Auditing.Postgres.Tests;

/// <summary>What was acknowledged is there once and in order, whoever is killed. <c>eng/campaign auditing</c> runs it long.</summary>
[Collection(nameof(ServerKillers))]
public sealed class KillTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const int KillsOfTheTests = 14;

    [Fact]
    public async Task Every_acknowledged_entry_is_there_once_and_in_order()
    {
        var kills = Environment.GetEnvironmentVariable("LEDGERLIFT_CAMPAIGN_KILLS") is { Length: > 0 } setting
            ? int.Parse(setting, CultureInfo.InvariantCulture)
            : KillsOfTheTests;
        using var folder = new TemporaryFolder();
        await using var trail = await TestTrail.CreateAsync(postgres, options => options.SpillDirectory = folder.Path);
        var campaign = new KillCampaign(trail, postgres.ConnectionString, folder.Path, new SeededRandom());

        while (campaign.WriterKills + campaign.ServerKills < kills)
            await campaign.RoundAsync(withServer: campaign.WriterKills % 12 == 8);

        Assert.Empty(await campaign.FaultsAsync());
        Assert.True(campaign.Acknowledged > campaign.WriterKills);
        await Poll.UntilAsync(async () => await trail.Trail.SealAsync() == 0, TimeSpan.FromSeconds(60));
        var result = await trail.Trail.VerifyAsync();
        Assert.Empty(result.Tampers);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{campaign.WriterKills} writers and {campaign.ServerKills} times the server killed, {campaign.Acknowledged} entries acknowledged, {result.Entries} sealed and verified"
        );
    }
}
