using Amazon.S3;
using Amazon.S3.Model;

namespace LedgerLift.Storage.Tests;

/// <summary>A bucket that keeps versions.</summary>
public sealed class VersionsTests(StoreFixture s3) : IClassFixture<StoreFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deleting_hides_an_object_and_deleting_all_versions_leaves_nothing_of_it()
    {
        await s3.Client.PutBucketVersioningAsync(
            new PutBucketVersioningRequest
            {
                BucketName = s3.Bucket,
                VersioningConfig = new() { Status = VersionStatus.Enabled },
            },
            Cancellation
        );
        using var store = s3.NewStore();
        var key = StoreFixture.NewKey();
        var neighbour = ObjectKey.Parse(key.Value + "-neighbour");
        foreach (var one in (ObjectKey[])[key, key, neighbour])
            await store.UploadAsync(one, new MemoryStream([1]), ct: Cancellation);

        Assert.True(await store.DeleteAsync(key, Cancellation));
        Assert.False(await store.DeleteAsync(key, Cancellation));
        Assert.Null(await store.FindAsync(key, Cancellation));
        Assert.Equal(3, await CountAsync(key));

        Assert.Equal(3, await store.DeleteAllVersionsAsync(key, Cancellation));
        Assert.Equal(0, await CountAsync(key));
        Assert.Equal(1, await CountAsync(neighbour));
        Assert.Equal(0, await store.DeleteAllVersionsAsync(key, Cancellation));
    }

    private async Task<int> CountAsync(ObjectKey key)
    {
        var versions = await s3.Client.ListVersionsAsync(s3.Bucket, key.Value, Cancellation);
        return versions.Versions?.Count(version => version.Key == key.Value) ?? 0;
    }
}
