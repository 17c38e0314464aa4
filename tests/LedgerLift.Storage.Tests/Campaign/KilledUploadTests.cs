using System.Globalization;
using System.Security.Cryptography;
using LedgerLift.Testing;

namespace LedgerLift.Storage.Tests;

/// <summary>A process is killed while it uploads; another goes on with nothing but the checkpoint. What goes over the wire is counted between them and the server.</summary>
public sealed class KilledUploadTests(S3Fixture s3) : IClassFixture<S3Fixture>, IDisposable
{
    private const string CountVariable = "LEDGERLIFT_CAMPAIGN_KILLS";
    private const int FileBytes = 36 * 1024 * 1024 + 123;

    /// <summary>What the uploader is set to: 4 parts of 5 MiB at once.</summary>
    private const long MostSentAgain = 4 * 5 * 1024 * 1024;

    /// <summary>The list of parts at the end, which is sent as a body too.</summary>
    private const long CompletionBytes = 4000;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_killed_upload_goes_on_and_sends_no_more_again_than_was_under_way()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable(CountVariable) ?? "4", CultureInfo.InvariantCulture);
        var random = new SeededRandom();
        var content = random.Bytes(FileBytes);
        await File.WriteAllBytesAsync(_folder["source"], content, Cancellation);
        var again = new List<long>();
        for (var kill = 0; kill < kills; kill++)
            again.Add(await KillAndResumeAsync($"killed/{kill}", random.Next(1, FileBytes), SHA256.HashData(content)));

        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{kills} kills of {FileBytes / 1048576.0:0.0} MiB uploads: sent again at most {again.Max() / 1048576.0:0.00} MiB, on average {again.Average() / 1048576.0:0.00} MiB; allowed {MostSentAgain / 1048576} MiB"
            )
        );
        Assert.All(again, bytes => Assert.InRange(bytes, 0, MostSentAgain));
        var left = await s3.Client.ListMultipartUploadsAsync(s3.Bucket, Cancellation);
        Assert.Empty(left.MultipartUploads ?? []);
    }

    private async Task<long> KillAndResumeAsync(string key, long killAt, byte[] sha256)
    {
        await using var gateway = FaultGateway.Start(s3.Endpoint, share: 0, new SeededRandom());
        var checkpoints = _folder[Guid.NewGuid().ToString("N")];
        using (var first = new UploaderProcess(s3, gateway.Address, key, _folder["source"], checkpoints))
        {
            gateway.OnBodyBytes = bytes => KillWhen(bytes >= killAt, first);
            await first.WaitAsync(Cancellation);
        }

        gateway.OnBodyBytes = null;
        using var second = new UploaderProcess(s3, gateway.Address, key, _folder["source"], checkpoints);
        var (exitCode, output) = await second.WaitAsync(Cancellation);

        Assert.True(exitCode == 0, output);
        Assert.Equal(Convert.ToHexStringLower(sha256), output);
        using (var stored = await s3.Client.GetObjectAsync(s3.Bucket, key, Cancellation))
            Assert.Equal(sha256, await SHA256.HashDataAsync(stored.ResponseStream, Cancellation));
        await s3.Client.DeleteObjectAsync(s3.Bucket, key, Cancellation);
        Assert.Empty(Directory.GetFiles(checkpoints));
        return Math.Max(0, gateway.BodyBytes - FileBytes - CompletionBytes);
    }

    private static void KillWhen(bool reached, UploaderProcess process)
    {
        if (reached)
            process.Kill();
    }
}
