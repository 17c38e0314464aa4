using Amazon.S3;
using Amazon.S3.Model;
using LedgerLift.Storage;

namespace LedgerLift.Benchmarks;

/// <summary>What a signed URL costs.</summary>
internal static class PresignPart
{
    private const string Ours = "LedgerLift PresignPutAsync";
    private const string Sdk = "SDK GetPreSignedURL, PUT";
    private const string OursGet = "LedgerLift PresignGetAsync";
    private const string SdkGet = "SDK GetPreSignedURL, GET";
    private const string Address = "http://127.0.0.1:9000";
    private const string Sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    public static async Task RunAsync(BenchmarkRun run)
    {
        using var store = new S3ObjectStore(StorageSetups.Options(Address));
        using var sdk = StorageSetups.Sdk(Address, checksums: false);
        var key = ObjectKey.Parse("uploads/2026/11/21/0192f7a0/report with blanks.pdf");
        var intent = new UploadIntent(key, 123_456, "application/pdf") { Sha256Hex = Sha256 };
        var calls = await run.CompareAsync(
            "Presign",
            Scenario.Completed(Ours, () => store.PresignPutAsync(intent)),
            Scenario.Call(Sdk, () => sdk.GetPreSignedURL(Put(key))),
            Scenario.Completed(OursGet, () => store.PresignGetAsync(key)),
            Scenario.Call(SdkGet, () => sdk.GetPreSignedURL(Get(key)))
        );

        run.Figure("storage.presign_put_ratio", calls.Ratio(Ours, Sdk).Median, "x", Goal.AtMost(0.25));
        run.Figure("storage.presign_put_alloc_ratio", calls.Bytes(Ours).Median / calls.Bytes(Sdk).Median, "x", Goal.AtMost(0.25));
        run.Figure("storage.presign_get_ratio", calls.Ratio(OursGet, SdkGet).Median, "x", Goal.AtMost(0.25));
        run.Figure("storage.presign_get_alloc_ratio", calls.Bytes(OursGet).Median / calls.Bytes(SdkGet).Median, "x", Goal.AtMost(0.25));
    }

    private static GetPreSignedUrlRequest Put(ObjectKey key)
    {
        var request = Get(key);
        request.Verb = HttpVerb.PUT;
        request.ContentType = "application/pdf";
        request.Headers.ContentLength = 123_456;
        request.Headers["x-amz-checksum-sha256"] = Convert.ToBase64String(Convert.FromHexString(Sha256));
        request.Headers["If-None-Match"] = "*";
        return request;
    }

    private static GetPreSignedUrlRequest Get(ObjectKey key) =>
        new()
        {
            BucketName = StorageSetups.Bucket,
            Key = key.Value,
            Protocol = Protocol.HTTP,
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(15),
        };
}
