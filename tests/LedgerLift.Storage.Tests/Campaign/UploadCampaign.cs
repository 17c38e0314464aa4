using System.Collections.Concurrent;
using System.Security.Cryptography;
using Amazon.S3;
using LedgerLift.Testing;

namespace LedgerLift.Storage.Tests;

/// <summary>
/// Uploads many objects by way of the gateway and looks each up at the server itself: what was reported as done must be there, whole; what was reported as failed should not
/// be. Each object is deleted after that, so that only a few lie about at once.
/// </summary>
internal sealed class UploadCampaign(S3Fixture s3, int uploads, long maxBytes, SeededRandom random)
{
    private const int AtOnce = 6;
    private const double Share = 0.05;

    private readonly ConcurrentQueue<string> _failures = new();
    private int _failed;
    private int _false;
    private int _lost;
    private int _corrupt;
    private long _bytes;

    /// <summary>What went wrong, for whoever looks into it.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    public async Task<CampaignResult> RunAsync(Func<Uri, ICampaignUploader> create, CancellationToken cancellationToken)
    {
        await using var gateway = FaultGateway.Start(s3.Endpoint, Share, random.Fork(0));
        using var uploader = create(gateway.Address);
        var started = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(1, uploads),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (number, token) => await UploadAsync(uploader, number, token)
        );
        var duration = TimeProvider.System.GetElapsedTime(started);
        return new CampaignResult(
            uploader.Name,
            uploads,
            _failed,
            _false,
            _lost,
            _corrupt,
            await CountOrphansAsync(cancellationToken),
            _bytes,
            gateway.BodyBytes,
            gateway.Requests,
            gateway.Faults.Where(static fault => fault.Key != GatewayFault.None).Sum(static fault => fault.Value),
            duration
        );
    }

    private async Task UploadAsync(ICampaignUploader uploader, int number, CancellationToken cancellationToken)
    {
        var own = random.Fork(number);
        // Log-uniform: as many between 1 and 10 bytes as between 1 and 10 million.
        var content = new byte[(int)Math.Exp(own.NextDouble() * Math.Log(maxBytes))];
        own.NextBytes(content);
        var key = $"campaign/{Guid.NewGuid():N}";
        Interlocked.Add(ref _bytes, content.Length);
        var done = await TryAsync(uploader, key, content, cancellationToken);
        var there = await HashOfAsync(key, cancellationToken);
        if (there is not null && !there.SequenceEqual(SHA256.HashData(content)))
            Interlocked.Increment(ref _corrupt);
        else if (done && there is null)
            Interlocked.Increment(ref _lost);
        else if (!done && there is not null)
            Interlocked.Increment(ref _false);
        if (there is not null)
            await s3.Client.DeleteObjectAsync(s3.Bucket, key, cancellationToken);
    }

    private async Task<bool> TryAsync(ICampaignUploader uploader, string key, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            await uploader.UploadAsync(key, content, cancellationToken);
            return true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            Interlocked.Increment(ref _failed);
            _failures.Enqueue(
                $"{content.Length} bytes: {failure.GetType().Name} {failure.Message} ← {failure.InnerException?.GetType().Name}"
            );
            return false;
        }
    }

    private async Task<byte[]?> HashOfAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            using var found = await s3.Client.GetObjectAsync(s3.Bucket, key, cancellationToken);
            return await SHA256.HashDataAsync(found.ResponseStream, cancellationToken);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Uploads in parts that were left; they are removed, so that the next run does not count them.</summary>
    private async Task<int> CountOrphansAsync(CancellationToken cancellationToken)
    {
        var listed = await s3.Client.ListMultipartUploadsAsync(s3.Bucket, cancellationToken);
        foreach (var upload in listed.MultipartUploads ?? [])
            await s3.Client.AbortMultipartUploadAsync(s3.Bucket, upload.Key, upload.UploadId, cancellationToken);
        return listed.MultipartUploads?.Count ?? 0;
    }
}
