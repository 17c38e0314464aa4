using Amazon.S3.Util;

namespace LedgerLift.Testing.Tests;

public sealed class S3FixtureTests(S3Fixture s3) : IClassFixture<S3Fixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Disposal_deletes_the_bucket_with_objects_and_unfinished_uploads()
    {
        var other = new S3Fixture();
        await other.InitializeAsync();
        for (var i = 0; i < 3; i++)
            await other.Client.PutObjectAsync(other.NewPut($"folder/{i}", [1, 2, 3]), Cancellation);
        await other.Client.InitiateMultipartUploadAsync(other.Bucket, "unfinished", Cancellation);

        await other.DisposeAsync();

        Assert.False(await AmazonS3Util.DoesS3BucketExistV2Async(s3.Client, other.Bucket));
        Assert.True(await AmazonS3Util.DoesS3BucketExistV2Async(s3.Client, s3.Bucket));
    }

    [Fact]
    public async Task A_client_through_the_proxy_reaches_the_same_bucket()
    {
        await using var proxy = s3.StartProxy();
        using var client = s3.CreateClient(proxy);

        await client.PutObjectAsync(s3.NewPut("by-proxy", "content"u8.ToArray()), Cancellation);

        using var found = await s3.Client.GetObjectAsync(s3.Bucket, "by-proxy", Cancellation);
        Assert.Equal(7, found.ContentLength);
        Assert.Contains(proxy.Connections, link => link.ClientToServer.DeliveredBytes().AsSpan().IndexOf("content"u8) >= 0);
    }
}
