using System.Net;
using System.Security.Cryptography;
using LedgerLift.Testing;

namespace LedgerLift.Storage.Tests;

/// <summary>Signed uploads on the real gateway: what is announced goes through, and anything else is refused by the gateway or by the confirmation.</summary>
public sealed class PresignedUploadTests(StoreFixture s3) : IClassFixture<StoreFixture>
{
    private const string Type = "application/pdf";

    private static readonly Dictionary<string, string> Metadata = new(StringComparer.Ordinal) { ["case"] = "a b" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1024)]
    [InlineData(1024 * 1024)]
    [InlineData(100 * 1024 * 1024)]
    public async Task What_is_announced_is_taken_and_confirmed(int length)
    {
        using var store = s3.NewStore();
        using var http = new HttpClient();
        var content = new SeededRandom().Bytes(length);
        var intent = Intent(content);

        var signed = await store.PresignPutAsync(intent, Cancellation);
        using var answer = await SendAsync(http, signed, content);
        var confirmation = await store.ConfirmAsync(intent, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(confirmation.Differences);
        Assert.True(confirmation.Matches);
        Assert.Equal(
            (length, Type, intent.Sha256Hex),
            (confirmation.Object!.Length, confirmation.Object.ContentType, confirmation.Object.Sha256Hex)
        );
        Assert.Equal(Metadata, confirmation.Object.Metadata);
        Assert.True(await store.DeleteAsync(intent.Key, Cancellation));
    }

    [Fact]
    public async Task One_byte_more_than_may_be_stored_is_not_signed_for()
    {
        using var store = s3.NewStore();
        var most = new UploadIntent(StoreFixture.NewKey(), 100 * 1024 * 1024, Type);
        var tooMuch = new UploadIntent(most.Key, most.Length + 1, Type);

        Assert.NotNull(await store.PresignPutAsync(most, Cancellation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("intent", () => store.PresignPutAsync(tooMuch, Cancellation).AsTask());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("intent", () => store.PresignPostAsync(tooMuch, Cancellation).AsTask());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("intent", () => store.CreateAsync(tooMuch, Cancellation).AsTask());
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(604_800, true)]
    [InlineData(604_801, false)]
    public async Task A_signature_holds_from_a_second_to_a_week(int seconds, bool isAllowed)
    {
        using var store = s3.NewStore();
        var expiry = TimeSpan.FromSeconds(seconds);
        var intent = new UploadIntent(StoreFixture.NewKey(), 1, Type) { Expiry = expiry };
        Func<Task>[] signings =
        [
            () => store.PresignPutAsync(intent, Cancellation).AsTask(),
            () => store.PresignPostAsync(intent, Cancellation).AsTask(),
            () => store.PresignGetAsync(intent.Key, expiry, Cancellation).AsTask(),
        ];

        foreach (var signing in signings)
        {
            var thrown = await Record.ExceptionAsync(signing);
            Assert.Equal(isAllowed, thrown is null);
            Assert.True(thrown is null or ArgumentOutOfRangeException);
        }
    }

    public static TheoryData<string, int> Tamperings =>
        new()
        {
            { "one byte more", 403 },
            { "one byte less", 403 },
            { "other type", 403 },
            { "other key", 403 },
            { "other bucket", 403 },
            { "no checksum", 403 },
            { "other checksum", 403 },
            { "other md5", 403 },
            { "other metadata", 403 },
            { "no create-only", 403 },
            { "signature bit flipped", 403 },
            { "longer expiry", 403 },
            { "other method", 403 },
            { "expired", 403 },
            { "other body", 400 },
            { "already there", 412 },
        };

    [Theory]
    [MemberData(nameof(Tamperings))]
    public async Task Anything_else_than_what_was_signed_is_refused_by_the_gateway(string tampering, int status)
    {
        using var store = s3.NewStore();
        // The gateway's clock cannot be moved, the signer's can.
        var clock = tampering == "expired" ? new ManualTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(-5)) : null;
        using var signer = new S3ObjectStore(s3.NewOptions(), loggerFactory: null, clock);
        using var http = new HttpClient();
        var content = new SeededRandom().Bytes(5000);
        var intent = Intent(content) with { Expiry = tampering == "expired" ? TimeSpan.FromMinutes(4) : null };
        var signed = await signer.PresignPutAsync(intent, Cancellation);
        if (tampering == "already there")
            await store.UploadAsync(intent.Key, new MemoryStream([1]), ct: Cancellation);
        var (request, body) = Tamper(tampering, signed, content);

        using var answer = await SendAsync(http, request, body);

        Assert.Equal((tampering, status), (tampering, (int)answer.StatusCode));
        var found = await store.FindAsync(intent.Key, Cancellation);
        Assert.Equal(tampering == "already there" ? 1 : null, found?.Length);
    }

    [Fact]
    public async Task Another_body_of_the_same_length_with_all_headers_as_announced_is_refused_by_the_confirmation()
    {
        using var store = s3.NewStore();
        using var http = new HttpClient();
        var content = new SeededRandom().Bytes(5000);
        // Without an MD5 this gateway takes whatever has the length: it ignores the checksum.
        var intent = Intent(content) with
        {
            Md5Hex = null,
        };
        var signed = await store.PresignPutAsync(intent, Cancellation);
        var forged = content.ToArray();
        forged[2500] ^= 1;

        using var answer = await SendAsync(http, signed, forged);
        var confirmation = await store.ConfirmAsync(intent, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(confirmation.Matches);
        var difference = Assert.Single(confirmation.Differences);
        Assert.Equal(new UploadDifference("sha256", intent.Sha256Hex!, Convert.ToHexStringLower(SHA256.HashData(forged))), difference);
    }

    [Fact]
    public async Task Each_difference_is_named()
    {
        using var store = s3.NewStore();
        var key = StoreFixture.NewKey();
        await store.UploadAsync(key, new MemoryStream([1, 2]), new UploadSettings { ContentType = "text/plain" }, ct: Cancellation);
        var intent = new UploadIntent(key, 3, Type) { Metadata = Metadata };

        var confirmation = await store.ConfirmAsync(intent, Cancellation);

        Assert.False(confirmation.Matches);
        Assert.Equal(["length", "content_type", "metadata.case"], confirmation.Differences.Select(difference => difference.Field));
        Assert.Equal(("3", "2"), (confirmation.Differences[0].Announced, confirmation.Differences[0].Found));
        var nothing = await store.ConfirmAsync(new UploadIntent(StoreFixture.NewKey(), 3, Type), Cancellation);
        Assert.False(nothing.Matches);
        Assert.Null(nothing.Object);
    }

    [Theory]
    [InlineData("as announced", 204)]
    [InlineData("one byte more", 400)]
    [InlineData("one byte less", 400)]
    [InlineData("other key", 403)]
    [InlineData("other type", 403)]
    [InlineData("other metadata", 403)]
    [InlineData("signature bit flipped", 403)]
    public async Task A_form_is_taken_as_it_was_signed_and_not_otherwise(string tampering, int status)
    {
        using var store = s3.NewStore();
        using var http = new HttpClient();
        var content = new SeededRandom().Bytes(5000);
        var intent = Intent(content);
        var signed = await store.PresignPostAsync(intent, Cancellation);
        var fields = new Dictionary<string, string>(signed.Fields, StringComparer.Ordinal);
        var changed = tampering switch
        {
            "other key" => "key",
            "other type" => "Content-Type",
            "other metadata" => "x-amz-meta-case",
            _ => null,
        };
        if (changed is not null)
            fields[changed] += "x";
        if (tampering == "signature bit flipped")
            fields["x-amz-signature"] = Flip(fields["x-amz-signature"]);
        var body = tampering switch
        {
            "one byte more" => [.. content, 1],
            "one byte less" => content[1..],
            _ => content,
        };

        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), $"\"{name}\"");
        form.Add(new ByteArrayContent(body), "\"file\"", "\"name\"");
        using var answer = await http.PostAsync(signed.Url, form, Cancellation);

        Assert.Equal((tampering, status), (tampering, (int)answer.StatusCode));
        Assert.Equal(tampering == "as announced", (await store.ConfirmAsync(intent, Cancellation)).Matches);
    }

    [Fact]
    public async Task A_signed_download_gives_the_content_and_for_the_public_host_is_signed_for_it()
    {
        await using var proxy = s3.StartProxy();
        using var store = s3.NewStore(configure: options => options.PublicServiceUrl = $"http://127.0.0.1:{proxy.Port}");
        using var http = new HttpClient();
        var (key, content) = (ObjectKey.Parse($"a b/ü+%&{Guid.NewGuid():N}"), new SeededRandom().Bytes(1000));
        await store.UploadAsync(key, new MemoryStream(content), ct: Cancellation);

        var url = await store.PresignGetAsync(key, ct: Cancellation);

        Assert.Equal(proxy.Port, url.Port);
        Assert.Equal(content, await http.GetByteArrayAsync(url, Cancellation));
        Assert.Equal(1, proxy.ConnectionsAccepted);
    }

    private static UploadIntent Intent(byte[] content) =>
        new(StoreFixture.NewKey(), content.Length, Type)
        {
            Sha256Hex = Convert.ToHexString(SHA256.HashData(content)),
#pragma warning disable CA5351 // What S3 calls Content-MD5.
            Md5Hex = Convert.ToHexString(MD5.HashData(content)),
#pragma warning restore CA5351
            Metadata = Metadata,
        };

    private static (PresignedUpload Request, byte[] Body) Tamper(string tampering, PresignedUpload signed, byte[] content)
    {
        var headers = new Dictionary<string, string>(signed.Headers, StringComparer.OrdinalIgnoreCase);
        var (url, method, body) = (signed.Url.AbsoluteUri, signed.Method, content);
        switch (tampering)
        {
            case "one byte more":
                body = [.. content, 1];
                break;
            case "one byte less":
                body = content[1..];
                break;
            case "other body":
                body = [.. content];
                body[17] ^= 1;
                break;
            case "other type":
                headers["content-type"] = "text/html";
                break;
            case "other key":
                url = url.Replace("tests/", "tests/x", StringComparison.Ordinal);
                break;
            case "other bucket":
                url = url.Replace("/test-", "/ledgerlift-test-", StringComparison.Ordinal);
                break;
            case "no checksum":
                headers.Remove("x-amz-checksum-sha256");
                break;
            case "other checksum":
                headers["x-amz-checksum-sha256"] = Convert.ToBase64String(new byte[32]);
                break;
            case "other md5":
                headers["content-md5"] = Convert.ToBase64String(new byte[16]);
                break;
            case "other metadata":
                headers["x-amz-meta-case"] = "c";
                break;
            case "no create-only":
                headers.Remove("if-none-match");
                break;
            case "signature bit flipped":
                url = Flip(url);
                break;
            case "longer expiry":
                url = url.Replace("X-Amz-Expires=900", "X-Amz-Expires=90000", StringComparison.Ordinal);
                break;
            case "other method":
                method = "DELETE";
                break;
            default:
                break;
        }

        headers["content-length"] = body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return (signed with { Url = new Uri(url), Method = method, Headers = headers }, body);
    }

    private static string Flip(string signature) => signature[..^1] + (signature[^1] == '0' ? '1' : '0');

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, PresignedUpload signed, byte[] body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(signed.Method), signed.Url) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in signed.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return await http.SendAsync(request, Cancellation);
    }
}
