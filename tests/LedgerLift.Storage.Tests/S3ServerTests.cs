using System.Net;
using Amazon.S3;
using LedgerLift.Testing;

namespace LedgerLift.Storage.Tests;

/// <summary>What the other tests of this package take for granted about the server they run on.</summary>
public sealed class S3ServerTests(S3Fixture s3) : IClassFixture<S3Fixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_put_into_the_bucket_of_the_class_can_be_got_and_deleted()
    {
        var content = new SeededRandom().Bytes(100_000);
        await s3.Client.PutObjectAsync(s3.NewPut("folder/document", content), Cancellation);

        using (var found = await s3.Client.GetObjectAsync(s3.Bucket, "folder/document", Cancellation))
        using (var copy = new MemoryStream())
        {
            await found.ResponseStream.CopyToAsync(copy, Cancellation);
            Assert.Equal(content, copy.ToArray());
        }

        await s3.Client.DeleteObjectAsync(s3.Bucket, "folder/document", Cancellation);
        var failure = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() =>
            s3.Client.GetObjectAsync(s3.Bucket, "folder/document", Cancellation)
        );
        Assert.Equal(HttpStatusCode.NotFound, failure.StatusCode);
    }

    [Fact]
    public async Task A_browser_may_put_into_the_shared_bucket_and_read_the_etag()
    {
        using var http = new HttpClient();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, new Uri(s3.Endpoint, $"{s3.SharedBucket}/uploads/document"));
        preflight.Headers.Add("Origin", "https://upload.example");
        preflight.Headers.Add("Access-Control-Request-Method", "PUT");
        preflight.Headers.Add("Access-Control-Request-Headers", "content-type,content-md5,x-amz-meta-name");

        using var answer = await http.SendAsync(preflight, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(Header("Access-Control-Allow-Origin"), new[] { "*", "https://upload.example" });
        Assert.Contains("PUT", Header("Access-Control-Allow-Methods"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("content-md5", Header("Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("etag", Header("Access-Control-Expose-Headers"), StringComparison.OrdinalIgnoreCase);

        string Header(string name) => string.Join(',', answer.Headers.TryGetValues(name, out var values) ? values : []);
    }
}
