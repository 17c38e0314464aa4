using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using LedgerLift.Storage;

namespace LedgerLift.Benchmarks;

/// <summary>A large file to a server that costs nothing.</summary>
internal static class SinkPart
{
    private const string Ours = "LedgerLift UploadAsync, SHA-256";
    private const string Utility = "TransferUtility, defaults, CRC32";
    private const string UtilityStream = "TransferUtility, stream, CRC32";
    private const string UtilityBare = "TransferUtility, SDK checksums off";
    private const string Put = "SDK PutObject, defaults, CRC32";

    public static async Task RunAsync(BenchmarkRun run)
    {
        await using var sink = new DiscardingSink();
        using var file = new SourceFile(run.IsDry ? 20L * 1024 * 1024 : 256L * 1024 * 1024);
        using var store = new S3ObjectStore(StorageSetups.Options(sink.Url));
        using var sdk = StorageSetups.Sdk(sink.Url, checksums: true);
        using var bare = StorageSetups.Sdk(sink.Url, checksums: false);
        var harness = new TransferHarness(run, rounds: 9);
        var uploads = await harness.MeasureAsync(
            "256 MiB file to the sink",
            new TransferScenario(Ours, number => OursAsync(store, file, number)),
            new TransferScenario(Utility, number => UtilityAsync(sdk, file, number)),
            new TransferScenario(UtilityStream, number => UtilityStreamAsync(sdk, file, number)),
            new TransferScenario(UtilityBare, number => UtilityAsync(bare, file, number)),
            new TransferScenario(Put, number => PutAsync(sdk, file, number))
        );

        run.Figure("storage.sink_throughput_ratio", uploads.Ratio(Utility, Ours).Median, "x", Goal.AtLeast(3));
        run.Figure("storage.sink_alloc_ratio", uploads.Bytes(Ours).Median / uploads.Bytes(Utility).Median, "x", Goal.AtMost(0.125));
        run.Figure("storage.sink_stream_throughput_ratio", uploads.Ratio(UtilityStream, Ours).Median, "x", Goal.HigherIsBetter);
        run.Figure("storage.sink_throughput_ratio_without_checksums", uploads.Ratio(UtilityBare, Ours).Median, "x", Goal.HigherIsBetter);
        run.Figure("storage.sink_processor_ratio", harness.ProcessorTime(Utility) / harness.ProcessorTime(Ours), "x", Goal.HigherIsBetter);
        run.Figure("storage.sink_throughput", 256 / (uploads.Nanoseconds(Ours).Median / 1e9), "MiB/s", Goal.HigherIsBetter);
    }

    private static async Task OursAsync(S3ObjectStore store, SourceFile file, int number)
    {
        await using var source = file.Open();
        await store.UploadAsync(ObjectKey.Parse($"ours-{number}"), source);
    }

    private static async Task UtilityAsync(AmazonS3Client client, SourceFile file, int number)
    {
        using var utility = new TransferUtility(client);
        await utility.UploadAsync(file.Path, StorageSetups.Bucket, $"utility-{number}");
    }

    private static async Task UtilityStreamAsync(AmazonS3Client client, SourceFile file, int number)
    {
        using var utility = new TransferUtility(client);
        await using var source = file.Open();
        await utility.UploadAsync(source, StorageSetups.Bucket, $"stream-{number}");
    }

    private static Task<PutObjectResponse> PutAsync(AmazonS3Client client, SourceFile file, int number) =>
        client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = StorageSetups.Bucket,
                Key = $"put-{number}",
                FilePath = file.Path,
            }
        );
}
