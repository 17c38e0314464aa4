namespace LedgerLift.Storage.Contract;

public abstract partial class ObjectStoreContract
{
    /// <summary>Every way in which what a client sends can differ from what was signed.</summary>
    public static TheoryData<string> Tamperings =>
        [
            "longer",
            "shorter",
            "empty",
            "other type",
            "no type",
            "other key",
            "other method",
            "other hash",
            "no hash",
            "other metadata",
            "no metadata",
            "not create-only",
            "signature bit flipped",
            "no signature",
            "expires later",
            "expired",
            "body of equal length",
        ];

    [Theory]
    [MemberData(nameof(Tamperings))]
    public async Task A_put_that_is_not_what_was_signed_is_refused_by_the_store_or_by_confirming(string tampering)
    {
        await using var store = await CreateAsync();
        var content = Bytes.Of(5000);
        var intent = Intent(content) with
        {
            Metadata = new Dictionary<string, string> { ["owner"] = "somebody" },
            Expiry = tampering == "expired" ? TimeSpan.FromSeconds(1) : null,
        };
        var signed = await store.Objects.PresignPutAsync(intent, Cancellation);
        if (tampering == "expired")
            await PassAsync(TimeSpan.FromSeconds(1));

        var reply = await SendAsync(store, Tamper(signed, content, tampering));
        var confirmed = await store.Objects.ConfirmAsync(intent, Cancellation);

        Assert.False(confirmed.Matches, $"{tampering}: answered {reply.Status} and confirmed");
        if (reply.IsSuccess && reply.Status != 204)
            Assert.NotEmpty(confirmed.Differences);
        else
            Assert.Null(confirmed.Object);
        if (tampering is not ("body of equal length" or "no hash" or "other hash"))
            Assert.False(reply.IsSuccess, $"{tampering}: answered {reply.Status}");
        Assert.Null(await store.Objects.FindAsync(Key("documenu"), Cancellation));
    }

    [Theory]
    [InlineData(true, false, "sha256")]
    [InlineData(false, true, "md5")]
    public async Task A_body_of_equal_length_is_found_out_by_either_hash(bool sha256, bool md5, string field)
    {
        await using var store = await CreateAsync();
        var (announced, sent) = (Bytes.Of(5000, seed: 1), Bytes.Of(5000, seed: 2));
        var intent = new UploadIntent(Key(), 5000, "application/pdf")
        {
            Sha256Hex = sha256 ? Bytes.Sha256(announced) : null,
            Md5Hex = md5 ? Bytes.Md5(announced) : null,
        };

        var reply = await SendAsync(store, SignedSend.Of(await store.Objects.PresignPutAsync(intent, Cancellation), sent));
        var confirmed = await store.Objects.ConfirmAsync(intent, Cancellation);

        Assert.False(confirmed.Matches);
        if (reply.IsSuccess)
            Assert.Equal([field], confirmed.Differences.Select(difference => difference.Field));
        else
            Assert.Null(confirmed.Object);
    }

    [Theory]
    [InlineData("0.00:00:00")]
    [InlineData("0.00:00:00.9990000")]
    [InlineData("-0.00:00:01")]
    [InlineData("7.00:00:00.0000001")]
    [InlineData("30.00:00:00")]
    public async Task A_signature_that_holds_shorter_than_a_second_or_longer_than_a_week_is_not_made(string expiry)
    {
        await using var store = await CreateAsync();
        var span = TimeSpan.Parse(expiry, System.Globalization.CultureInfo.InvariantCulture);
        var intent = new UploadIntent(Key(), 10, "text/csv") { Expiry = span };

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.Objects.PresignPutAsync(intent, Cancellation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.Objects.PresignPostAsync(intent, Cancellation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.Objects.PresignGetAsync(Key(), span, Cancellation));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(7 * 24 * 3600)]
    public async Task A_signature_holds_from_a_second_to_a_week(int seconds)
    {
        await using var store = await CreateAsync();
        var content = Bytes.Of(10);
        var intent = Intent(content) with { Expiry = TimeSpan.FromSeconds(seconds) };

        var signed = await store.Objects.PresignPutAsync(intent, Cancellation);
        Assert.True((await SendAsync(store, SignedSend.Of(signed, content))).IsSuccess);
        var url = await store.Objects.PresignGetAsync(Key(), TimeSpan.FromSeconds(seconds), Cancellation);

        Assert.True((await SendAsync(store, SignedSend.Get(url))).IsSuccess);
        var second = await store.Objects.PresignGetAsync(Key(), TimeSpan.FromSeconds(1), Cancellation);
        Assert.Contains("1", second.Query, StringComparison.Ordinal);
    }

    private static SignedSend Tamper(PresignedUpload signed, byte[] content, string tampering)
    {
        var send = SignedSend.Of(signed, content);
        return tampering switch
        {
            "longer" => send with { Body = (byte[])[.. content, 0] },
            "shorter" => send with { Body = content.AsMemory(0, content.Length - 1) },
            "empty" => send with { Body = ReadOnlyMemory<byte>.Empty },
            "other type" => send.With("Content-Type", "text/html"),
            "no type" => send.Without("Content-Type"),
            "other key" => send with { Url = new Uri(send.Url.OriginalString.Replace("document", "documenu", StringComparison.Ordinal)) },
            "other method" => send with { Method = "GET" },
            "other hash" => Rehash(send, content),
            "no hash" => Unhash(send),
            "other metadata" => send.With(MetadataHeader(signed), "other"),
            "no metadata" => send.Without(MetadataHeader(signed)),
            "not create-only" => send.Without("If-None-Match"),
            "signature bit flipped" => send with { Url = UrlTampering.FlipSignature(send.Url) },
            "no signature" => send with { Url = UrlTampering.RemoveSignature(send.Url) },
            "expires later" => send with { Url = UrlTampering.ExpireLater(send.Url) },
            "expired" => send,
            "body of equal length" => send with { Body = Bytes.Of(content.Length, seed: 99) },
            _ => throw new ArgumentOutOfRangeException(nameof(tampering), tampering, null),
        };
    }

    private static string MetadataHeader(PresignedUpload signed) =>
        signed.Headers.Keys.Single(name => name.EndsWith("-meta-owner", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> HashHeaders(SignedSend send) =>
        send.Headers.Keys.Where(name =>
            name.Contains("sha256", StringComparison.OrdinalIgnoreCase) || name.Contains("md5", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Another body, and the headers that fit it: all that a client can do who has the URL.</summary>
    private static SignedSend Rehash(SignedSend send, byte[] content)
    {
        var other = Bytes.Of(content.Length, seed: 77);
        var headers = new Dictionary<string, string>(send.Headers, StringComparer.OrdinalIgnoreCase);
        foreach (var name in HashHeaders(send).ToArray())
        {
            var hex = name.Contains("md5", StringComparison.OrdinalIgnoreCase) ? Bytes.Md5(other) : Bytes.Sha256(other);
            headers[name] = headers[name].Length == hex.Length ? hex : Convert.ToBase64String(Convert.FromHexString(hex));
        }

        return send with
        {
            Headers = headers,
            Body = other,
        };
    }

    private static SignedSend Unhash(SignedSend send) =>
        HashHeaders(send).Aggregate(send with { Body = Bytes.Of(send.Body.Length, seed: 77) }, static (left, name) => left.Without(name));
}
