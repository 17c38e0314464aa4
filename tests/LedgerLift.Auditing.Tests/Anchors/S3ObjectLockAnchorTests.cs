using Amazon.S3;
using Amazon.S3.Model;
using LedgerLift.Samples.AuditAnchorS3;

namespace LedgerLift.Auditing.Tests;

/// <summary>The sample anchor, against a real S3 server with object lock.</summary>
public sealed class S3ObjectLockAnchorTests(LockedBucketFixture s3) : IClassFixture<LockedBucketFixture>
{
    private readonly SealedExample _example = new();

    [Fact]
    public async Task A_checkpoint_cannot_be_deleted_or_hidden_or_replaced()
    {
        var anchor = Anchor("hidden/");
        await anchor.AppendAsync(_example.First.Checkpoint);
        await anchor.AppendAsync(_example.Second.Checkpoint);
        var versions = (await s3.Client.ListVersionsAsync(s3.LockedBucket, "hidden/")).Versions;

        foreach (var version in versions)
            await Assert.ThrowsAnyAsync<AmazonS3Exception>(() =>
                s3.Client.DeleteObjectAsync(s3.LockedBucket, version.Key, version.VersionId)
            );
        // Without a version, a delete puts a marker in front of the object.
        await s3.Client.DeleteObjectAsync(s3.LockedBucket, versions[0].Key);

        Assert.Equal([_example.First.Checkpoint, _example.Second.Checkpoint], await ReadAsync(anchor));
    }

    [Fact]
    public async Task The_same_checkpoint_twice_is_harmless()
    {
        var anchor = Anchor("twice/");
        await anchor.AppendAsync(_example.First.Checkpoint);
        await anchor.AppendAsync(_example.First.Checkpoint);

        Assert.Equal([_example.First.Checkpoint], (await ReadAsync(anchor)).Distinct());
    }

    [Fact]
    public async Task Another_object_under_the_prefix_is_refused()
    {
        await s3.Client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = s3.LockedBucket,
                Key = "other/x.json",
                ContentBody = "{}",
                UseChunkEncoding = false,
            }
        );

        var refused = await Assert.ThrowsAsync<AuditException>(() => ReadAsync(Anchor("other/")));

        Assert.Equal(AuditErrorCodes.MalformedTrail, refused.Code);
    }

    [Fact]
    public async Task A_bucket_without_object_lock_takes_no_checkpoint()
    {
        var anchor = new S3ObjectLockAnchor(s3.Client, s3.Bucket, "x/", LockedBucketFixture.Retention);

        var failed = await Assert.ThrowsAsync<AuditException>(() => anchor.AppendAsync(_example.First.Checkpoint).AsTask());

        Assert.Equal(AuditErrorCodes.AnchorFailed, failed.Code);
        Assert.IsAssignableFrom<AmazonS3Exception>(failed.InnerException);
    }

    private S3ObjectLockAnchor Anchor(string prefix) => new(s3.Client, s3.LockedBucket, prefix, LockedBucketFixture.Retention);

    private static async Task<List<AuditCheckpoint>> ReadAsync(S3ObjectLockAnchor anchor)
    {
        var checkpoints = new List<AuditCheckpoint>();
        await foreach (var checkpoint in anchor.ReadAsync())
            checkpoints.Add(checkpoint);
        return checkpoints;
    }
}
