using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using LedgerLift.Testing;

namespace LedgerLift.Auth.Tests;

public sealed class HmacSigningHandlerTests
{
    private static readonly Uri Target = new("http://localhost/api/documents%2F1?b=2&a=1");

    private readonly ManualTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));

    public static TheoryData<SignatureScheme> Schemes => [.. Enum.GetValues<SignatureScheme>()];

    public static MatrixTheoryData<SignatureScheme, string> Contents =>
        new(
            Enum.GetValues<SignatureScheme>(),
            ["none", "empty", "string", "bytes", "json", "form", "multipart", "seekable", "seekable from 3", "unseekable", "push"]
        );

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task What_it_signs_is_verified_and_arrives_whole(SignatureScheme scheme, string kind)
    {
        using var wire = Wire(scheme);
        using var client = Client(scheme, wire);
        var (content, expected) = Make(kind);
        using var request = new HttpRequestMessage(HttpMethod.Post, Target) { Content = content };

        using var response = await client.SendAsync(request, CancellationToken.None);

        Assert.Equal([SignatureVerdict.Valid], wire.Verdicts);
        if (expected is not null)
            Assert.Equal(expected, Assert.Single(wire.Bodies));
    }

    // The handler sits inside the retries: each try has a timestamp, a nonce and so a signature of its own, and the whole body.
    [Theory]
    [MemberData(nameof(Contents))]
    public async Task Each_try_is_signed_anew(SignatureScheme scheme, string kind)
    {
        using var wire = Wire(scheme);
        using var client = Client(scheme, wire, tries: 3);
        var (content, expected) = Make(kind);
        using var request = new HttpRequestMessage(HttpMethod.Post, Target) { Content = content };

        using var response = await client.SendAsync(request, CancellationToken.None);

        Assert.Equal([SignatureVerdict.Valid, SignatureVerdict.Valid, SignatureVerdict.Valid], wire.Verdicts);
        Assert.Equal(3, wire.Sent[HeadersOf(scheme).Signature].Distinct().Count());
        Assert.Equal(["1700000000", "1700000007", "1700000014"], wire.Sent[HeadersOf(scheme).Timestamp]);
        if (expected is not null)
            Assert.All(wire.Bodies, body => Assert.Equal(expected, body));
    }

    // Nothing else of the request may differ between tries that follow at once.
    [Fact]
    public async Task Each_try_within_a_second_has_a_nonce_of_its_own()
    {
        using var wire = Wire(SignatureScheme.Canonical);
        using var client = Client(SignatureScheme.Canonical, wire, tries: 3, pause: TimeSpan.Zero);
        await client.GetAsync(Target);

        Assert.Equal([SignatureVerdict.Valid, SignatureVerdict.Valid, SignatureVerdict.Valid], wire.Verdicts);
        Assert.Equal(3, wire.Sent["X-Nonce"].Distinct().Count());
    }

    [Fact]
    public async Task The_hash_of_the_body_is_announced_so_that_the_head_can_be_verified_alone()
    {
        using var wire = Wire(SignatureScheme.Canonical);
        using var client = Client(SignatureScheme.Canonical, wire, tries: 2);
        await client.PostAsync(Target, new StringContent("body"));

        var hash = Convert.ToHexStringLower(SHA256.HashData("body"u8));
        Assert.Equal([hash, hash], wire.Sent["X-Content-SHA256"]);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Headers_may_have_names_of_ones_own(SignatureScheme scheme)
    {
        var options = TestKeys.Options(scheme);
        (options.SignatureHeader, options.TimestampHeader, options.MessageIdHeader) = ("Own-Signature", "Own-Timestamp", "Own-Id");
        (options.NonceHeader, options.KeyIdHeader, options.ContentHashHeader) = ("Own-Nonce", "Own-Key", "Own-Hash");
        using var verifier = new HmacSignatureVerifier(options, _clock);
        using var wire = new VerifyingHandler(verifier);
        using var client = new HttpClient(new HmacSigningHandler(options, _clock) { InnerHandler = wire });

        await client.GetAsync(Target);

        Assert.Equal([SignatureVerdict.Valid], wire.Verdicts);
        Assert.All(wire.Sent.Keys, name => Assert.StartsWith("Own-", name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_timestamp_has_ten_digits_also_before_2001()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var verifier = new HmacSignatureVerifier(TestKeys.Options(), clock);
        using var wire = new VerifyingHandler(verifier);
        using var client = new HttpClient(new HmacSigningHandler(TestKeys.Options(), clock) { InnerHandler = wire });

        await client.GetAsync(Target);

        Assert.Equal(["0946684800"], wire.Sent["X-Timestamp"]);
        Assert.Equal([SignatureVerdict.Valid], wire.Verdicts);
    }

    [Fact]
    public async Task A_message_keeps_its_id_over_its_tries_and_each_message_has_its_own()
    {
        using var wire = Wire(SignatureScheme.StandardWebhooks);
        using var client = Client(SignatureScheme.StandardWebhooks, wire, tries: 2);
        await client.PostAsync(Target, new StringContent("a"));
        await client.PostAsync(Target, new StringContent("a"));

        var ids = wire.Sent["webhook-id"];
        Assert.Equal(ids[0], ids[1]);
        Assert.Equal(ids[2], ids[3]);
        Assert.NotEqual(ids[0], ids[2]);
    }

    [Fact]
    public async Task A_message_id_of_the_caller_is_kept()
    {
        using var wire = Wire(SignatureScheme.StandardWebhooks);
        using var client = Client(SignatureScheme.StandardWebhooks, wire, tries: 2);
        using var request = new HttpRequestMessage(HttpMethod.Post, Target);
        request.Headers.Add("webhook-id", "msg_own");

        await client.SendAsync(request, CancellationToken.None);

        Assert.Equal(["msg_own", "msg_own"], wire.Sent["webhook-id"]);
        Assert.All(wire.Verdicts, verdict => Assert.Equal(SignatureVerdict.Valid, verdict));
    }

    [Fact]
    public async Task The_newest_key_that_counts_signs()
    {
        var options = TestKeys.Options(
            SignatureScheme.Canonical,
            TestKeys.Key("old"),
            TestKeys.Key("new", _clock.GetUtcNow()),
            TestKeys.Key("future", _clock.GetUtcNow().AddSeconds(7))
        );
        using var verifier = new HmacSignatureVerifier(options, _clock);
        using var wire = new VerifyingHandler(verifier);
        using var client = new HttpClient(Retries(2, new HmacSigningHandler(options, _clock) { InnerHandler = wire }));

        await client.GetAsync(Target);

        Assert.Equal(["new", "future"], wire.Sent["X-Key-Id"]);
        Assert.Equal([SignatureVerdict.Valid, SignatureVerdict.Valid], wire.Verdicts);
    }

    [Fact]
    public async Task Nothing_is_sent_when_no_key_counts()
    {
        using var wire = Wire(SignatureScheme.TimestampBody);
        var options = TestKeys.Options(SignatureScheme.TimestampBody, TestKeys.Key("future", _clock.GetUtcNow().AddTicks(1)));
        using var client = new HttpClient(new HmacSigningHandler(options, _clock) { InnerHandler = wire });

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetAsync(Target));

        Assert.Contains("NotBefore", exception.Message, StringComparison.Ordinal);
        Assert.Empty(wire.Requests);
    }

    [Theory]
    [InlineData("unseekable")]
    [InlineData("push")]
    [InlineData("multipart")]
    public async Task Content_that_can_neither_be_rewound_nor_buffered_is_refused(string kind)
    {
        using var wire = Wire(SignatureScheme.TimestampBody);
        var options = TestKeys.Options();
        options.MaxBodyBytes = 10;
        using var client = new HttpClient(new HmacSigningHandler(options, _clock) { InnerHandler = wire });
        using var content = Make(kind).Content!;

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => client.PostAsync(Target, content));

        Assert.Contains("MaxBodyBytes (10)", exception.Message, StringComparison.Ordinal);
        Assert.Empty(wire.Requests);
    }

    [Theory]
    [InlineData("bytes", 100)]
    [InlineData("unseekable", 5000)]
    [InlineData("push", 5000)]
    public async Task Content_of_just_the_limit_is_buffered(string kind, int limit)
    {
        using var wire = Wire(SignatureScheme.TimestampBody);
        var options = TestKeys.Options();
        options.MaxBodyBytes = limit;
        using var client = new HttpClient(new HmacSigningHandler(options, _clock) { InnerHandler = wire });
        var (content, expected) = Make(kind);

        await client.PostAsync(Target, content);

        Assert.Equal(limit, expected!.Length);
        Assert.Equal(expected, Assert.Single(wire.Bodies));
    }

    [Fact]
    public async Task A_synchronous_send_is_refused_and_nothing_leaves_unsigned()
    {
        using var wire = Wire(SignatureScheme.TimestampBody);
        using var client = Client(SignatureScheme.TimestampBody, wire);
        using var request = new HttpRequestMessage(HttpMethod.Get, Target);

        Assert.Throws<NotSupportedException>(() => client.Send(request, CancellationToken.None));
        Assert.Empty(wire.Requests);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.PostAsync(Target, new StreamContent(new UnseekableStream(new byte[10])), new CancellationToken(canceled: true))
        );
        Assert.Empty(wire.Requests);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task A_failure_while_reading_the_content_leaves_the_key_in_order(SignatureScheme scheme)
    {
        using var wire = Wire(scheme);
        using var client = Client(scheme, wire);

        await Assert.ThrowsAnyAsync<Exception>(() => client.PostAsync(Target, new StreamContent(new BreakingStream())));
        await client.PostAsync(Target, new StringContent("after"));

        Assert.Equal([SignatureVerdict.Valid], wire.Verdicts);
    }

    // Over a real connection: what arrives as path, query and headers is what was signed.
    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task What_it_signs_is_verified_behind_a_real_connection(SignatureScheme scheme)
    {
        using var listener = LoopbackListener.Start(out var address);
        using var client = new HttpClient(
            new HmacSigningHandler(TestKeys.Options(scheme), _clock) { InnerHandler = new SocketsHttpHandler() }
        )
        {
            BaseAddress = address,
        };
        using var verifier = new HmacSignatureVerifier(TestKeys.Options(scheme), _clock);
        var bytes = RandomNumberGenerator.GetBytes(200_000);

        foreach (var target in new[] { "plain", "with%2Fslash/%C3%A4?q=%20+&b&a=%26&empty=", "?only=query", "~user/(x)'s;v=1?z=1&a=2" })
        {
            var sending = client.PostAsync(new Uri(target, UriKind.Relative), new ByteArrayContent(bytes));
            Assert.Equal(SignatureVerdict.Valid, await LoopbackListener.VerifyNextAsync(listener, verifier));
            Assert.Equal(HttpStatusCode.OK, (await sending).StatusCode);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private static SignatureHeaders HeadersOf(SignatureScheme scheme) => new(TestKeys.Options(scheme));

    private static (HttpContent? Content, byte[]? Expected) Make(string kind)
    {
        var bytes = Enumerable.Range(0, 5000).Select(i => (byte)i).ToArray();
        return kind switch
        {
            "none" => (null, []),
            "empty" => (new ByteArrayContent([]), []),
            "string" => (new StringContent("häuser"), Encoding.UTF8.GetBytes("häuser")),
            "bytes" => (new ByteArrayContent(bytes, 5, 100), bytes[5..105]),
            "json" => (JsonContent.Create(new { id = 42 }), "{\"id\":42}"u8.ToArray()),
            "form" => (new FormUrlEncodedContent([KeyValuePair.Create("a", "b c")]), "a=b+c"u8.ToArray()),
            "multipart" => (new MultipartFormDataContent { { new StreamContent(new MemoryStream(bytes)), "file", "f.bin" } }, null),
            "seekable" => (new StreamContent(new MemoryStream(bytes)), bytes),
            "seekable from 3" => (new StreamContent(new MemoryStream(bytes) { Position = 3 }), bytes[3..]),
            "unseekable" => (new StreamContent(new UnseekableStream(bytes)), bytes),
            _ => (new PushContent(bytes), bytes),
        };
    }

    private RetryingHandler Retries(int tries, HttpMessageHandler inner, TimeSpan? pause = null) =>
        new(tries, pause ?? TimeSpan.FromSeconds(7), _clock) { InnerHandler = inner };

    private HttpClient Client(SignatureScheme scheme, VerifyingHandler wire, int tries = 1, TimeSpan? pause = null) =>
        new(Retries(tries, new HmacSigningHandler(TestKeys.Options(scheme), _clock) { InnerHandler = wire }, pause));

    private VerifyingHandler Wire(SignatureScheme scheme) => new(new HmacSignatureVerifier(TestKeys.Options(scheme), _clock));

    private sealed class RetryingHandler(int tries, TimeSpan pause, ManualTimeProvider clock) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            for (var i = 1; i < tries; i++)
            {
                (await base.SendAsync(request, cancellationToken)).Dispose();
                clock.Advance(pause);
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }

    private sealed class BreakingStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException<int>(new IOException("The disk is gone."));
    }

    private sealed class PushContent(byte[] bytes) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(bytes).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
