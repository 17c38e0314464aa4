using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using LedgerLift.Storage;
using LedgerLift.Testing;

namespace LedgerLift.Benchmarks;

/// <summary>The same file to a real server.</summary>
internal sealed class GatewayPart(long length) : IAsyncDisposable
{
    private const string Ours = "LedgerLift UploadAsync";
    private const string Utility = "TransferUtility";
    private const string Put = "SDK PutObject";
    private const string Rclone = "rclone copyto";
    private const string Aws = "aws s3 cp";
    private const string RcloneStart = "rclone, start only";
    private const string AwsStart = "aws, start only";

    private readonly S3Fixture _s3 = new();
    private readonly SourceFile _file = new(length);
    private S3ObjectStore _store = null!;
    private AmazonS3Client _sdk = null!;

    public static async Task RunAsync(BenchmarkRun run)
    {
        await using var part = new GatewayPart((run.IsDry ? 20L : 64L) * 1024 * 1024);
        await part._s3.InitializeAsync();
        part.Open();
        var uploads = await new TransferHarness(run, rounds: 5).MeasureAsync("64 MiB file to the gateway", part.Scenarios(run.IsDry));
        if (run.IsDry)
            return;
        double Net(string name, string? start) =>
            uploads.Nanoseconds(name).Median - (start is null ? 0 : uploads.Nanoseconds(start).Median);
        double[] peers = [Net(Utility, null), Net(Put, null), Net(Rclone, RcloneStart), Net(Aws, AwsStart)];
        run.Figure("storage.gateway_ratio", Net(Ours, null) / peers.Min(), "x", Goal.AtMost(1));
        run.Figure("storage.gateway_ratio_transferutility", uploads.Ratio(Ours, Utility).Median, "x", Goal.LowerIsBetter);
        run.Figure("storage.gateway_ratio_putobject", uploads.Ratio(Ours, Put).Median, "x", Goal.LowerIsBetter);
        run.Figure("storage.gateway_ratio_rclone", uploads.Ratio(Ours, Rclone).Median, "x", Goal.LowerIsBetter);
        run.Figure("storage.gateway_ratio_awscli", uploads.Ratio(Ours, Aws).Median, "x", Goal.LowerIsBetter);
    }

    public async ValueTask DisposeAsync()
    {
        _store?.Dispose();
        _sdk?.Dispose();
        _file.Dispose();
        await _s3.DisposeAsync();
    }

    private void Open()
    {
        var url = _s3.Endpoint.ToString();
        _store = new S3ObjectStore(StorageSetups.Options(url, _s3.Bucket, _s3.AccessKey, _s3.SecretKey));
        _sdk = StorageSetups.Sdk(url, checksums: false, _s3.AccessKey, _s3.SecretKey);
    }

    // A dry run is for where the tools need not be installed.
    private TransferScenario[] Scenarios(bool isDry)
    {
        TransferScenario[] here = [new(Ours, OursAsync), new(Utility, UtilityAsync), new(Put, PutAsync)];
        return isDry
            ? here
            :
            [
                .. here,
                new(Rclone, number => RcloneAsync("copyto", _file.Path, $"s3:{_s3.Bucket}/rclone-{number}")),
                new(
                    Aws,
                    number => AwsAsync("--endpoint-url", _s3.Endpoint.ToString(), "s3", "cp", _file.Path, $"s3://{_s3.Bucket}/aws-{number}")
                ),
                new(RcloneStart, _ => RcloneAsync("version")),
                new(AwsStart, _ => AwsAsync("--version")),
            ];
    }

    private async Task OursAsync(int number)
    {
        await using var source = _file.Open();
        await _store.UploadAsync(ObjectKey.Parse($"ours-{number}"), source);
        await DeleteAsync($"ours-{number}");
    }

    private async Task UtilityAsync(int number)
    {
        using var utility = new TransferUtility(_sdk);
        await utility.UploadAsync(_file.Path, _s3.Bucket, $"utility-{number}");
        await DeleteAsync($"utility-{number}");
    }

    private async Task PutAsync(int number)
    {
        var request = new PutObjectRequest
        {
            BucketName = _s3.Bucket,
            Key = $"put-{number}",
            FilePath = _file.Path,
            UseChunkEncoding = false,
        };
        await _sdk.PutObjectAsync(request);
        await DeleteAsync($"put-{number}");
    }

    // The gateway keeps everything in memory.
    private Task<DeleteObjectResponse> DeleteAsync(string key) => _sdk.DeleteObjectAsync(_s3.Bucket, key);

    private Task RcloneAsync(params string[] arguments) =>
        OutsideProgram.RunAsync(
            "rclone",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["RCLONE_CONFIG"] = "/dev/null",
                ["RCLONE_CONFIG_S3_TYPE"] = "s3",
                ["RCLONE_CONFIG_S3_PROVIDER"] = "Ceph",
                ["RCLONE_CONFIG_S3_ENDPOINT"] = _s3.Endpoint.ToString(),
                ["RCLONE_CONFIG_S3_ACCESS_KEY_ID"] = _s3.AccessKey,
                ["RCLONE_CONFIG_S3_SECRET_ACCESS_KEY"] = _s3.SecretKey,
                ["RCLONE_S3_NO_CHECK_BUCKET"] = "true",
            },
            arguments
        );

    private Task AwsAsync(params string[] arguments) =>
        OutsideProgram.RunAsync(
            "aws",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["AWS_ACCESS_KEY_ID"] = _s3.AccessKey,
                ["AWS_SECRET_ACCESS_KEY"] = _s3.SecretKey,
                ["AWS_DEFAULT_REGION"] = _s3.Region,
                ["AWS_CONFIG_FILE"] = "/dev/null",
                ["AWS_REQUEST_CHECKSUM_CALCULATION"] = "when_required",
                ["AWS_RESPONSE_CHECKSUM_VALIDATION"] = "when_required",
            },
            arguments
        );
}
