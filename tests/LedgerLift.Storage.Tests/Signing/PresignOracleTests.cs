using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using LedgerLift.Testing;

namespace LedgerLift.Storage.Tests;

/// <summary>Our signed URLs beside the SDK's: equal to the byte, for any input.</summary>
public sealed class PresignOracleTests
{
    private const int Inputs = 10_000;
    private const string KeyCharacters = "abcXYZ019-._~ +%&=?#!*'()@:,;$[]{}|^`<>\"äßéñ漢字🙂/";
    private const string TextCharacters = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-_./;=+ ";

    private static readonly (string? Url, string Region, bool? PathStyle, string Bucket)[] Places =
    [
        (null, "us-east-1", null, "my-bucket"),
        (null, "us-east-1", true, "my-bucket"),
        (null, "eu-west-1", null, "my.bucket"),
        (null, "cn-north-1", null, "my-bucket"),
        ("http://127.0.0.1:9000", "us-east-1", null, "bucket"),
        ("https://s3.example.com:8443", "eu-central-1", null, "bucket"),
        ("https://s3.example.com", "eu-central-1", false, "bucket"),
    ];

    [Fact]
    public void Ten_thousand_random_urls_equal_the_sdks()
    {
        var random = new SeededRandom();
        foreach (var place in Places)
        {
            var options = new StorageOptions
            {
                Provider = place.Url is null ? ObjectStoreProvider.Aws : ObjectStoreProvider.S3Compatible,
                ServiceUrl = place.Url,
                Region = place.Region,
                ForcePathStyle = place.PathStyle,
                Bucket = place.Bucket,
                AccessKey = "AKIDEXAMPLE",
                SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            };
            using var connection = new S3Connection(options, TimeProvider.System);
            using var session = new AmazonS3Client(
                new SessionAWSCredentials("ASIA", "secret", "tok/en+="),
                S3Profile.Configure(options, place.Url)
            );
            for (var i = 0; i < (Inputs / Places.Length) + 1; i++)
                Compare(random, connection, i % 10 == 0 ? session : null);
        }
    }

    private static void Compare(SeededRandom random, S3Connection connection, AmazonS3Client? session)
    {
        var seconds = random.Next(1, 604_801);
        var request = new GetPreSignedUrlRequest
        {
            BucketName = connection.Options.Bucket,
            Key = RandomKey(random),
            Protocol = connection.Endpoint.Origin.StartsWith("http:", StringComparison.Ordinal) ? Protocol.HTTP : Protocol.HTTPS,
            Verb = random.Next(2) == 0 ? HttpVerb.PUT : HttpVerb.GET,
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(seconds),
        };
        var headers = new SignedHeaders();
        string? uploadId = null;
        var part = 0;
        if (request.Verb == HttpVerb.PUT && random.Next(4) == 0)
        {
            request.UploadId = uploadId = "2~" + RandomText(random, "abcXYZ019-_.~", 1, 60);
            request.PartNumber = part = random.Next(1, 10_001);
            AddLength(random, request, headers);
        }
        else if (request.Verb == HttpVerb.PUT)
        {
            AddHeaders(random, request, headers);
        }

        var expected = (session ?? connection.Client).GetPreSignedURL(request);
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(expected).Query);
        var signedAt = DateTimeOffset.ParseExact(
            query["X-Amz-Date"]!,
            "yyyyMMdd'T'HHmmss'Z'",
            System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal
        );
        var subject = new SignatureSubject(request.Verb == HttpVerb.PUT ? "PUT" : "GET", connection.Endpoint, request.Key, headers)
        {
            UploadId = uploadId,
            PartNumber = part,
        };
        var credentials = session is null
            ? new ImmutableCredentials(connection.Options.AccessKey, connection.Options.SecretKey, token: null)
            : new ImmutableCredentials("ASIA", "secret", "tok/en+=");
        // The SDK rounds the time that is left by its own clock.
        var actual = connection.Signer.PresignUrl(
            subject,
            credentials,
            signedAt,
            long.Parse(query["X-Amz-Expires"]!, System.Globalization.CultureInfo.InvariantCulture)
        );
        Assert.Equal(expected, actual);
    }

    private static void AddLength(SeededRandom random, GetPreSignedUrlRequest request, SignedHeaders headers)
    {
        request.Headers.ContentLength = random.Next(1, int.MaxValue);
        headers.Add("content-length", request.Headers.ContentLength.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static void AddHeaders(SeededRandom random, GetPreSignedUrlRequest request, SignedHeaders headers)
    {
        AddLength(random, request, headers);
        request.ContentType = "x" + RandomText(random, TextCharacters, 0, 30).TrimEnd();
        headers.Add("content-type", request.ContentType);
        if (random.Next(2) == 0)
        {
            request.Headers.ContentMD5 = Convert.ToBase64String(random.Bytes(16));
            headers.Add("content-md5", request.Headers.ContentMD5);
        }

        if (random.Next(2) == 0)
        {
            request.Headers["x-amz-checksum-sha256"] = Convert.ToBase64String(random.Bytes(32));
            headers.Add("x-amz-checksum-sha256", request.Headers["x-amz-checksum-sha256"]);
        }

        if (random.Next(2) == 0)
        {
            request.Headers["If-None-Match"] = "*";
            headers.Add("if-none-match", "*");
        }

        if (random.Next(3) == 0)
        {
            request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AES256;
            headers.Add("x-amz-server-side-encryption", "AES256");
        }

        for (var i = random.Next(4); i > 0; i--)
        {
            var (name, value) = (
                $"n{i}-" + RandomText(random, "abc019-_.", 0, 8),
                "v" + RandomText(random, TextCharacters, 0, 20).TrimEnd()
            );
            request.Metadata[name] = value;
            headers.Add("x-amz-meta-" + name, value);
        }
    }

    private static string RandomKey(SeededRandom random)
    {
        while (true)
        {
            var runes = KeyCharacters.EnumerateRunes().ToArray();
            var key = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => runes[random.Next(runes.Length)].ToString()));
            if (ObjectKey.TryParse(key, out _))
                return key;
        }
    }

    private static string RandomText(SeededRandom random, string characters, int from, int to) =>
        string.Concat(Enumerable.Range(0, random.Next(from, to)).Select(_ => characters[random.Next(characters.Length)]));
}
