using Amazon.S3;
using Amazon.S3.Model;
using LedgerLift.Testing;

namespace LedgerLift.Auditing.Tests;

/// <summary>A bucket of its own with object lock. Its objects can be deleted only when their retention has ended.</summary>
public sealed class LockedBucketFixture : S3Fixture
{
    /// <summary>Longer than a test looks at the locks, and short enough to wait for.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromSeconds(20);

    public string LockedBucket { get; } = $"locked-{Guid.NewGuid():N}";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Client.PutBucketAsync(new PutBucketRequest { BucketName = LockedBucket, ObjectLockEnabledForBucket = true });
    }

    public override async ValueTask DisposeAsync()
    {
        await Poll.UntilAsync(IsEmptiedAsync, TimeSpan.FromSeconds(60), "the retention of every checkpoint to end");
        await Client.DeleteBucketAsync(LockedBucket);
        await base.DisposeAsync();
    }

    private async ValueTask<bool> IsEmptiedAsync()
    {
        try
        {
            var page = await Client.ListVersionsAsync(new ListVersionsRequest { BucketName = LockedBucket });
            foreach (var version in page.Versions ?? [])
                await Client.DeleteObjectAsync(LockedBucket, version.Key, version.VersionId);
            return true;
        }
        catch (AmazonS3Exception)
        {
            return false;
        }
    }
}
