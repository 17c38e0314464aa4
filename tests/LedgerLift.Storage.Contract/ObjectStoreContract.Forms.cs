namespace LedgerLift.Storage.Contract;

public abstract partial class ObjectStoreContract
{
    [Theory]
    [InlineData(1)]
    [InlineData(1024)]
    [InlineData(3 * MiB + 7)]
    public async Task A_presigned_form_takes_what_was_announced(long length)
    {
        await using var store = await CreateAsync();
        var content = Bytes.Of(length);
        var intent = Intent(content) with { Metadata = new Dictionary<string, string> { ["owner"] = "somebody" } };

        var signed = await store.Objects.PresignPostAsync(intent, Cancellation);
        var reply = await SendAsync(store, SignedSend.Form(signed, content));
        var confirmed = await store.Objects.ConfirmAsync(intent, Cancellation);

        Assert.Equal("POST", signed.Method);
        Assert.NotEmpty(signed.Fields);
        Assert.True(reply.IsSuccess, $"{reply.Status}");
        Assert.True(confirmed.Matches, string.Join(", ", confirmed.Differences));
        Assert.Equal(content, await ReadAsync(store, Key()));
    }

    [Theory]
    [InlineData("longer")]
    [InlineData("shorter")]
    [InlineData("other type")]
    [InlineData("other key")]
    [InlineData("other metadata")]
    [InlineData("expired")]
    [InlineData("body of equal length")]
    public async Task A_form_that_is_not_what_was_signed_is_refused_by_the_store_or_by_confirming(string tampering)
    {
        await using var store = await CreateAsync();
        var content = Bytes.Of(5000);
        var intent = Intent(content) with
        {
            Metadata = new Dictionary<string, string> { ["owner"] = "somebody" },
            Expiry = tampering == "expired" ? TimeSpan.FromSeconds(1) : null,
        };
        var signed = await store.Objects.PresignPostAsync(intent, Cancellation);
        if (tampering == "expired")
            await PassAsync(TimeSpan.FromSeconds(1));

        var reply = await SendAsync(store, TamperForm(signed, content, tampering));
        var confirmed = await store.Objects.ConfirmAsync(intent, Cancellation);

        Assert.False(confirmed.Matches, $"{tampering}: answered {reply.Status} and confirmed");
        if (tampering is not "body of equal length")
            Assert.False(reply.IsSuccess, $"{tampering}: answered {reply.Status}");
        Assert.Null(await store.Objects.FindAsync(Key("other"), Cancellation));
    }

    [Fact]
    public async Task A_form_is_create_only_where_the_store_can_do_that()
    {
        await using var store = await CreateAsync();
        var (first, second) = (Bytes.Of(2000, seed: 1), Bytes.Of(2000, seed: 2));
        Assert.True(
            (await SendAsync(store, SignedSend.Form(await store.Objects.PresignPostAsync(Intent(first), Cancellation), first))).IsSuccess
        );

        var reply = await SendAsync(store, SignedSend.Form(await store.Objects.PresignPostAsync(Intent(second), Cancellation), second));

        Assert.Equal(FormsAreCreateOnly, !reply.IsSuccess);
        Assert.Equal(FormsAreCreateOnly ? first : second, await ReadAsync(store, Key()));
    }

    [Fact]
    public async Task A_presigned_get_gives_the_content_until_it_expires()
    {
        await using var store = await CreateAsync();
        var content = Bytes.Of(5000);
        await PutAsync(store, Key(), content, new UploadSettings { ContentType = "application/pdf" });
        var url = await store.Objects.PresignGetAsync(Key(), TimeSpan.FromSeconds(2), Cancellation);
        var lasting = await store.Objects.PresignGetAsync(Key(), ct: Cancellation);

        var fresh = await SendAsync(store, SignedSend.Get(url));
        await PassAsync(TimeSpan.FromSeconds(2));
        var expired = await SendAsync(store, SignedSend.Get(url));

        Assert.Equal(content, fresh.Body);
        Assert.Equal("application/pdf", fresh.ContentType);
        Assert.Equal(403, expired.Status);
        Assert.Equal(content, (await SendAsync(store, SignedSend.Get(lasting))).Body);
    }

    [Fact]
    public async Task A_presigned_get_is_for_one_object_and_for_reading_only()
    {
        await using var store = await CreateAsync();
        await PutAsync(store, Key(), Bytes.Of(10));
        await PutAsync(store, Key("documenu"), Bytes.Of(10));
        var url = await store.Objects.PresignGetAsync(Key(), ct: Cancellation);
        var missing = await store.Objects.PresignGetAsync(Key("nothing"), ct: Cancellation);

        var other = new Uri(url.OriginalString.Replace("document", "documenu", StringComparison.Ordinal));
        Assert.Equal(403, (await SendAsync(store, SignedSend.Get(other))).Status);
        Assert.Equal(403, (await SendAsync(store, SignedSend.Get(UrlTampering.FlipSignature(url)))).Status);
        Assert.Equal(404, (await SendAsync(store, SignedSend.Get(missing))).Status);
        var put = await SendAsync(store, new SignedSend("PUT", url, new Dictionary<string, string>(), Bytes.Of(10, seed: 2)));
        Assert.Equal(403, put.Status);
        Assert.Equal(Bytes.Of(10), await ReadAsync(store, Key()));
    }

    private SignedSend TamperForm(PresignedUpload signed, byte[] content, string tampering) =>
        tampering switch
        {
            "longer" => SignedSend.Form(signed, [.. content, 0]),
            "shorter" => SignedSend.Form(signed, content[..^1]),
            "other type" => SignedSend.Form(signed, content, static fields => fields["Content-Type"] = "text/html"),
            "other key" => SignedSend.Form(
                signed,
                content,
                fields => fields[fields.Single(field => field.Value == Key().Value).Key] = Key("other").Value
            ),
            "other metadata" => SignedSend.Form(
                signed,
                content,
                static fields =>
                    fields[fields.Keys.Single(static name => name.EndsWith("-meta-owner", StringComparison.OrdinalIgnoreCase))] = "other"
            ),
            "expired" => SignedSend.Form(signed, content),
            "body of equal length" => SignedSend.Form(signed, Bytes.Of(content.Length, seed: 99)),
            _ => throw new ArgumentOutOfRangeException(nameof(tampering), tampering, null),
        };
}
