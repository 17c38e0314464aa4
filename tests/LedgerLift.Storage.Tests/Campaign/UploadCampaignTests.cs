using System.Globalization;
using LedgerLift.Testing;

namespace LedgerLift.Storage.Tests;

/// <summary>
/// Many uploads through faults. The tests run a bounded form; <c>eng/campaign storage</c> the whole one, with the SDK's own ways beside it.
/// </summary>
public sealed class UploadCampaignTests(S3Fixture s3) : IClassFixture<S3Fixture>
{
    private const string CountVariable = "LEDGERLIFT_CAMPAIGN_UPLOADS";
    private const long MaxBytes = 40 * 1000 * 1000;
    private const int Bounded = 300;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static int? Asked =>
        Environment.GetEnvironmentVariable(CountVariable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    [Fact]
    public async Task Nothing_is_lost_corrupted_falsely_refused_or_left_behind()
    {
        var campaign = new UploadCampaign(s3, Asked ?? Bounded, Asked is null ? MaxBytes / 4 : MaxBytes, new SeededRandom());

        var result = await campaign.RunAsync(gateway => new StoreUploader(s3, gateway), Cancellation);

        Tell(result, campaign);
        Assert.Empty(campaign.Failures);
        Assert.Equal((0, 0, 0, 0, 0), (result.Failed, result.FalseFailures, result.Lost, result.Corrupt, result.Orphans));
        Assert.True(result.Faults >= result.Requests / 100, $"only {result.Faults} faults in {result.Requests} requests");
        await CompareAsync(result);
    }

    [Fact]
    public async Task The_gateway_is_honest_when_it_does_nothing()
    {
        await using var gateway = FaultGateway.Start(s3.Endpoint, share: 0, new SeededRandom());
        using var uploader = new StoreUploader(s3, gateway.Address);
        var content = new SeededRandom().Bytes(12 * 1024 * 1024);

        await uploader.UploadAsync("honest", content, Cancellation);

        Assert.Equal(content.Length, gateway.BodyBytes - CompletionBytes(gateway, content.Length));
        Assert.Equal(0, gateway.Faults.Where(fault => fault.Key != GatewayFault.None).Sum(fault => fault.Value));
        Assert.Equal(gateway.Requests, gateway.Faults[GatewayFault.None]);
    }

    /// <summary>The list of parts that completes an upload is a body too, and a short one.</summary>
    private static long CompletionBytes(FaultGateway gateway, long length)
    {
        var more = gateway.BodyBytes - length;
        Assert.InRange(more, 0, 2000);
        return more;
    }

    private async Task CompareAsync(CampaignResult ours)
    {
        if (Asked is not { } uploads)
            return;
        (string Name, bool Retries, bool Transfer)[] others =
        [
            ("PutObject, the SDK's retries off", false, false),
            ("PutObject, the SDK's defaults", true, false),
            ("TransferUtility, the SDK's defaults", true, true),
        ];
        foreach (var (name, retries, transfer) in others)
        {
            var campaign = new UploadCampaign(s3, uploads, MaxBytes, new SeededRandom());
            var result = await campaign.RunAsync(gateway => new SdkUploader(s3, gateway, name, retries, transfer), Cancellation);
            Tell(result, campaign);
            Assert.True(ours.Failed <= result.Failed * 0.05, $"{name} failed {result.Failed} times, we {ours.Failed} times");
        }
    }

    private static void Tell(CampaignResult result, UploadCampaign campaign)
    {
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine(CampaignResult.Header);
        output.WriteLine(result.ToRow());
        foreach (
            var kind in campaign
                .Failures.GroupBy(static failure => failure[(failure.IndexOf(':', StringComparison.Ordinal) + 2)..])
                .OrderByDescending(static kind => kind.Count())
                .Take(5)
        )
            output.WriteLine($"{kind.Count()} × {kind.Key}");
    }
}
