using System.Text;

namespace LedgerLift.Storage.Tests;

public sealed class SignedRequestTests : IDisposable
{
    private static readonly ObjectKey Key = ObjectKey.Parse("a.pdf");
    private static readonly byte[] Content = "content"u8.ToArray();

    private readonly FileStoreFixture _fixture = new();
    private readonly FileSystemObjectStore _store;

    public SignedRequestTests() => _store = _fixture.Open();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static UploadIntent Intent => new(Key, Content.Length, "application/pdf");

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(0, "IncompleteBody")]
    [InlineData(6, "IncompleteBody")]
    [InlineData(8, "EntityTooLarge")]
    [InlineData(1_000_000, "EntityTooLarge")]
    public async Task A_body_that_is_not_as_long_as_its_header_says_is_refused(int length, string code)
    {
        var signed = await _store.PresignPutAsync(Intent, Cancellation);
        using var body = new MemoryStream(new byte[length]);

        await using var reply = await _store.HandleSignedRequestAsync("PUT", signed.Url, signed.Headers, body, Cancellation);

        Assert.Equal((400, code), (reply.StatusCode, reply.ErrorCode));
        Assert.Null(await _store.FindAsync(Key, Cancellation));
        Assert.True(body.Position <= 256 * 1024, "more was read than one buffer beyond the limit");
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_fixture.Root, "temporary")));
    }

    [Fact]
    public async Task Header_names_may_come_in_any_case_and_other_headers_beside_them()
    {
        var signed = await _store.PresignPutAsync(Intent, Cancellation);
        var headers = signed.Headers.ToDictionary(header => header.Key.ToUpperInvariant(), header => header.Value, StringComparer.Ordinal);
        headers["User-Agent"] = "browser";

        await using var reply = await _store.HandleSignedRequestAsync("PUT", signed.Url, headers, new MemoryStream(Content), Cancellation);

        Assert.Equal(200, reply.StatusCode);
        Assert.StartsWith("\"", reply.Headers["ETag"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x-ll-meta-admin", "1")]
    [InlineData("X-LL-Sha256", "0")]
    public async Task A_header_of_the_stores_own_that_was_not_signed_is_refused(string name, string value)
    {
        var signed = await _store.PresignPutAsync(Intent, Cancellation);

        await using var reply = await FileStoreFixture.SendAsync(_store, signed, Content, headers => headers[name] = value);

        Assert.Equal((403, "SignatureDoesNotMatch"), (reply.StatusCode, reply.ErrorCode));
    }

    [Fact]
    public async Task A_header_that_comes_twice_is_refused()
    {
        var signed = await _store.PresignPutAsync(Intent, Cancellation);

        await using var reply = await FileStoreFixture.SendAsync(_store, signed, Content, headers => headers["content-type"] = "text/html");

        Assert.Equal(403, reply.StatusCode);
    }

    [Theory]
    [InlineData("http://127.0.0.1/objects")]
    [InlineData("http://127.0.0.1/objects?")]
    [InlineData("http://127.0.0.1/objects?ll-key=a.pdf")]
    [InlineData("http://127.0.0.1/objects?ll-signature=abc")]
    [InlineData("http://127.0.0.1/objects?ll-key&ll-signature=abc")]
    [InlineData("http://127.0.0.1/objects?ll-key=a&ll-key=b&ll-signature=abc")]
    [InlineData("/objects?ll-key=a.pdf&ll-headers=&ll-expires=99999999999999&ll-signature=abc")]
    public async Task A_query_that_nobody_signed_is_refused(string address)
    {
        foreach (var method in (string[])["GET", "PUT"])
        {
            await using var reply = await _store.HandleSignedRequestAsync(
                method,
                new Uri(address, UriKind.RelativeOrAbsolute),
                new Dictionary<string, string>(),
                Stream.Null,
                Cancellation
            );
            Assert.Equal(403, reply.StatusCode);
        }
    }

    [Fact]
    public async Task A_host_may_serve_the_URLs_under_another_path_and_name()
    {
        var signed = await _store.PresignPutAsync(Intent, Cancellation);
        var moved = new Uri("/inside" + signed.Url.Query, UriKind.Relative);

        await using var reply = await _store.HandleSignedRequestAsync(
            "PUT",
            moved,
            signed.Headers,
            new MemoryStream(Content),
            Cancellation
        );

        Assert.Equal(200, reply.StatusCode);
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("HEAD")]
    [InlineData("get")]
    public async Task Other_methods_are_not_known(string method)
    {
        var url = await _store.PresignGetAsync(Key, ct: Cancellation);

        await using var reply = await _store.HandleSignedRequestAsync(
            method,
            url,
            new Dictionary<string, string>(),
            Stream.Null,
            Cancellation
        );

        Assert.Equal(405, reply.StatusCode);
    }

    [Fact]
    public async Task A_signature_ends_in_the_millisecond_it_says()
    {
        await (await FileStoreFixture.SendAsync(_store, await _store.PresignPutAsync(Intent, Cancellation), Content)).DisposeAsync();
        var url = await _store.PresignGetAsync(Key, TimeSpan.FromSeconds(1), Cancellation);

        _fixture.Time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(200, await StatusAsync(url));
        _fixture.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(403, await StatusAsync(url));
    }

    [Fact]
    public async Task The_stated_expiry_is_the_real_one()
    {
        var signed = await _store.PresignPutAsync(Intent with { Expiry = TimeSpan.FromDays(7) }, Cancellation);

        Assert.Equal(_fixture.Time.GetUtcNow().AddDays(7), signed.ExpiresAt);
        Assert.Equal(_fixture.Time.GetUtcNow().AddMinutes(15), (await _store.PresignPostAsync(Intent, Cancellation)).ExpiresAt);
    }

    [Fact]
    public async Task A_download_is_an_attachment_that_nobody_sniffs()
    {
        await (await FileStoreFixture.SendAsync(_store, await _store.PresignPutAsync(Intent, Cancellation), Content)).DisposeAsync();

        await using var reply = await _store.HandleSignedRequestAsync(
            "GET",
            await _store.PresignGetAsync(Key, ct: Cancellation),
            new Dictionary<string, string>(),
            Stream.Null,
            Cancellation
        );

        Assert.Equal(
            ["attachment", "7", "application/pdf", "nosniff"],
            new[] { "Content-Disposition", "Content-Length", "Content-Type", "X-Content-Type-Options" }.Select(name => reply.Headers[name])
        );
        Assert.Equal(7, reply.Content.Length);
    }

    [Fact]
    public async Task A_client_that_goes_away_leaves_nothing_and_is_no_failure_of_the_store()
    {
        var signed = await _store.PresignPutAsync(Intent, Cancellation);
        var gone = new IOException("The client reset the request stream.");

        var seen = await Assert.ThrowsAsync<IOException>(async () =>
            await _store.HandleSignedRequestAsync(
                "PUT",
                signed.Url,
                signed.Headers,
                new Contract.SourceStream(Content, 3, position => Fail(position, gone)),
                Cancellation
            )
        );

        Assert.Same(gone, seen);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_fixture.Root, "temporary")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--b\r\n")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"ll-key\"\r\n\r\na.pdf")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"ll-key\"\r\n\r\na.pdf\r\n--b--\r\n")]
    [InlineData("junk--b\r\n\r\n\r\n")]
    [InlineData("--b\r\nX: y\r\n\r\nvalue\r\n--b--\r\n")]
    public async Task A_form_that_is_none_is_refused(string body) =>
        Assert.Equal((400, "MalformedPOSTRequest"), await PostAsync("multipart/form-data; boundary=b", body));

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    public async Task Only_forms_are_taken_by_post(string? contentType) =>
        Assert.Equal((400, "MalformedPOSTRequest"), await PostAsync(contentType, "--b\r\n"));

    [Fact]
    public async Task A_form_with_endless_fields_is_refused_in_bounded_memory()
    {
        var field = $"--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n{new string('v', 100_000)}\r\n";

        Assert.Equal((400, "MalformedPOSTRequest"), await PostAsync("multipart/form-data; boundary=b", field));
        var many = string.Concat(
            Enumerable.Range(0, 200).Select(number => $"--b\r\nContent-Disposition: form-data; name=\"x{number}\"\r\n\r\nv\r\n")
        );
        Assert.Equal((400, "MalformedPOSTRequest"), await PostAsync("multipart/form-data; boundary=b", many));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public async Task A_form_may_come_in_bites_of_any_size_and_hold_what_looks_like_its_end(int bite)
    {
        var content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("\r\n--", 500)) + "\r\n----contract-7d1f0\r\n");
        var signed = await _store.PresignPostAsync(new UploadIntent(Key, content.Length, "application/pdf"), Cancellation);
        var send = Contract.SignedSend.Form(signed, content);

        await using var reply = await _store.HandleSignedRequestAsync(
            "POST",
            send.Url,
            send.Headers,
            new Contract.SourceStream(send.Body.ToArray(), bite),
            Cancellation
        );

        Assert.Equal(204, reply.StatusCode);
        await using var stored = await _store.OpenReadAsync(Key, Cancellation);
        using var copy = new MemoryStream();
        await stored.CopyToAsync(copy, Cancellation);
        Assert.Equal(content, copy.ToArray());
    }

    private async Task<(int, string?)> PostAsync(string? contentType, string body)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (contentType is not null)
            headers["Content-Type"] = contentType;
        await using var reply = await _store.HandleSignedRequestAsync(
            "POST",
            new Uri("/objects", UriKind.Relative),
            headers,
            new MemoryStream(Encoding.UTF8.GetBytes(body)),
            Cancellation
        );
        return (reply.StatusCode, reply.ErrorCode);
    }

    private async Task<int> StatusAsync(Uri url)
    {
        await using var reply = await _store.HandleSignedRequestAsync(
            "GET",
            url,
            new Dictionary<string, string>(),
            Stream.Null,
            Cancellation
        );
        return reply.StatusCode;
    }

    private static void Fail(long position, Exception failure)
    {
        if (position > 0)
            throw failure;
    }
}
