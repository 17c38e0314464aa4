using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using LedgerLift.Auditing;

namespace LedgerLift.Samples.AuditAnchorS3;

/// <summary>An anchor in a bucket with object lock: until the retention ends, nobody deletes or replaces a checkpoint, not even the owner of the bucket (mode COMPLIANCE).</summary>
/// <remarks>
/// One object a checkpoint, named by batch and hash. Whoever may write to the bucket can hide an object behind a delete marker or a new version, so reading
/// goes over all versions. The bucket must be made with object lock; the client is the caller's. Safe to use from any thread.
/// </remarks>
public sealed class S3ObjectLockAnchor(
    IAmazonS3 client,
    string bucket,
    string prefix,
    TimeSpan retention,
    TimeProvider? timeProvider = null
) : IAuditAnchorSink, IAuditAnchorSource
{
    private readonly TimeProvider _timeProvider = timeProvider ?? TimeProvider.System;

    public async ValueTask AppendAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var json = checkpoint.ToCanonicalJson();
        using var content = new MemoryStream(json);
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = string.Create(CultureInfo.InvariantCulture, $"{prefix}{checkpoint.BatchNumber:D12}-{checkpoint.Hash}.json"),
            InputStream = content,
            ContentType = "application/json",
            // A lock is only taken over for content whose hash the request names.
            MD5Digest = Convert.ToBase64String(Md5(json)),
            UseChunkEncoding = false,
            ObjectLockMode = ObjectLockMode.Compliance,
            ObjectLockRetainUntilDate = _timeProvider.GetUtcNow().Add(retention).UtcDateTime,
        };
        await GuardAsync(() => client.PutObjectAsync(request, cancellationToken), "The checkpoint could not be put into the bucket.");
    }

    public async IAsyncEnumerable<AuditCheckpoint> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ListVersionsRequest { BucketName = bucket, Prefix = prefix };
        ListVersionsResponse page;
        do
        {
            page = await GuardAsync(() => client.ListVersionsAsync(request, cancellationToken), "The bucket cannot be listed.");
            // Names begin with the number of the batch, so this is the order of the trail; of one name, the oldest version is the one that was locked first.
            foreach (
                var version in (page.Versions ?? [])
                    .Where(each => each.IsDeleteMarker is not true)
                    .OrderBy(each => each.Key, StringComparer.Ordinal)
                    .ThenBy(each => each.LastModified)
            )
                yield return await GetAsync(version, cancellationToken);
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        } while (page.IsTruncated is true);
    }

    private async Task<AuditCheckpoint> GetAsync(S3ObjectVersion version, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest
        {
            BucketName = bucket,
            Key = version.Key,
            VersionId = version.VersionId,
        };
        using var response = await GuardAsync(() => client.GetObjectAsync(request, cancellationToken), "A checkpoint cannot be read.");
        using var content = new MemoryStream();
        await response.ResponseStream.CopyToAsync(content, cancellationToken);
        try
        {
            return AuditCheckpoint.FromJson(content.ToArray());
        }
        catch (ArgumentException exception)
        {
            throw new AuditException(
                $"The object {version.Key} is no checkpoint.",
                AuditErrorCodes.MalformedTrail,
                isTransient: false,
                exception
            );
        }
    }

    private static async Task<T> GuardAsync<T>(Func<Task<T>> call, string message)
    {
        try
        {
            return await call();
        }
        catch (Exception exception)
            when (exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException)
        {
            throw new AuditException(message, AuditErrorCodes.AnchorFailed, !IsRefusal(exception), exception);
        }
    }

    private static bool IsRefusal(Exception exception) =>
        exception
            is AmazonServiceException { StatusCode: HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound };

    // The protocol asks for MD5; it guards nothing here but the transfer.
#pragma warning disable CA5351, S4790
    private static byte[] Md5(byte[] content) => MD5.HashData(content);
#pragma warning restore CA5351, S4790
}
