using System.Security.Cryptography;
using System.Text;
using LedgerLift.Testing;

namespace LedgerLift.Auth.Tests;

/// <summary>Bodies that are verified while they arrive, and stay where they were for whoever reads next.</summary>
public sealed class StreamedBodyTests
{
    private const string Timestamp = "1700000000";

    private readonly ManualTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));

    public static MatrixTheoryData<SignatureScheme, (int Length, int Chunk)> Bodies =>
        new(Enum.GetValues<SignatureScheme>(), [(0, 1), (1, 1), (1000, 7), (100_000, 4096), (100_000, 100_000)]);

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task The_next_reader_gets_the_same_bytes(SignatureScheme scheme, (int Length, int Chunk) size)
    {
        var bytes = RandomNumberGenerator.GetBytes(size.Length);
        var body = new ChunkedBody(bytes, size.Chunk);
        using var verifier = Create(scheme);

        Assert.Equal(SignatureVerdict.Valid, await verifier.VerifyAsync(Sign(scheme, bytes) with { Stream = body.Reader }));

        Assert.Equal(bytes, await ReadAllAsync(body.Reader.AsStream()));
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Another_body_does_not_match_and_stays_readable(SignatureScheme scheme, (int Length, int Chunk) size)
    {
        var bytes = RandomNumberGenerator.GetBytes(size.Length + 1);
        var body = new ChunkedBody(bytes, size.Chunk);
        using var verifier = Create(scheme);

        Assert.Equal(SignatureVerdict.Mismatch, await verifier.VerifyAsync(Sign(scheme, [.. bytes, 0]) with { Stream = body.Reader }));
        Assert.Equal(bytes, await ReadAllAsync(body.Reader.AsStream()));
    }

    [Theory]
    [InlineData(SignatureScheme.TimestampBody)]
    [InlineData(SignatureScheme.StandardWebhooks)]
    [InlineData(SignatureScheme.Canonical)]
    public async Task A_body_beyond_the_limit_is_not_read_on(SignatureScheme scheme)
    {
        var bytes = new byte[1_000_000];
        using var verifier = Create(scheme, maxBodyBytes: 10_000);
        var body = new ChunkedBody(bytes, 1000);

        Assert.Equal(SignatureVerdict.BodyTooLarge, await verifier.VerifyAsync(Sign(scheme, bytes) with { Stream = body.Reader }));

        Assert.InRange(body.Given, 10_001, 20_000);
        var announced = new ChunkedBody(bytes, 1000);
        Assert.Equal(
            SignatureVerdict.BodyTooLarge,
            await verifier.VerifyAsync(Sign(scheme, bytes) with { Stream = announced.Reader, ContentLength = bytes.Length })
        );
        Assert.Equal(0, announced.Given);
    }

    [Theory]
    [InlineData(SignatureScheme.TimestampBody)]
    [InlineData(SignatureScheme.Canonical)]
    public async Task The_limit_is_inclusive(SignatureScheme scheme)
    {
        var bytes = new byte[10_000];
        using var verifier = Create(scheme, maxBodyBytes: 10_000);

        Assert.Equal(
            SignatureVerdict.Valid,
            await verifier.VerifyAsync(Sign(scheme, bytes) with { Stream = new ChunkedBody(bytes, 999).Reader })
        );
        byte[] longer = [.. bytes, 0];
        Assert.Equal(
            SignatureVerdict.BodyTooLarge,
            await verifier.VerifyAsync(Sign(scheme, longer) with { Stream = new ChunkedBody(longer, 999).Reader })
        );
    }

    [Theory]
    [InlineData(SignatureScheme.TimestampBody)]
    [InlineData(SignatureScheme.StandardWebhooks)]
    [InlineData(SignatureScheme.Canonical)]
    public async Task A_streamed_request_is_accepted_once(SignatureScheme scheme)
    {
        var bytes = RandomNumberGenerator.GetBytes(5000);
        using var verifier = Create(scheme);

        foreach (var expected in new[] { SignatureVerdict.Valid, SignatureVerdict.Replayed })
            Assert.Equal(expected, await verifier.VerifyAsync(Sign(scheme, bytes) with { Stream = new ChunkedBody(bytes, 1000).Reader }));
        Assert.Equal(SignatureVerdict.Replayed, await verifier.VerifyAsync(Sign(scheme, bytes) with { Body = bytes }));
    }

    [Fact]
    public async Task Nothing_is_read_for_a_request_that_is_refused_by_its_head()
    {
        var body = new ChunkedBody(new byte[100], 10);
        using var verifier = Create(SignatureScheme.TimestampBody);

        Assert.Equal(
            SignatureVerdict.Malformed,
            await verifier.VerifyAsync(new SignedRequest("x", Timestamp, default) { Stream = body.Reader })
        );
        Assert.Equal(
            SignatureVerdict.Stale,
            await verifier.VerifyAsync(new SignedRequest(new string('0', 64), "1600000000", default) { Stream = body.Reader })
        );
        Assert.Equal(0, body.Given);
    }

    [Fact]
    public async Task Several_keys_are_tried_in_one_pass()
    {
        var bytes = RandomNumberGenerator.GetBytes(50_000);
        using var verifier = new HmacSignatureVerifier(
            TestKeys.Options(SignatureScheme.TimestampBody, TestKeys.Key("k0"), TestKeys.Key("k1"), TestKeys.Key("k2")),
            _clock
        );

        Assert.Equal(
            SignatureVerdict.Valid,
            await verifier.VerifyAsync(Sign(SignatureScheme.TimestampBody, bytes) with { Stream = new ChunkedBody(bytes, 5000).Reader })
        );
    }

    [Fact]
    public async Task A_key_that_does_not_count_does_not_verify_a_stream()
    {
        var bytes = RandomNumberGenerator.GetBytes(5000);
        using var verifier = new HmacSignatureVerifier(
            TestKeys.Options(SignatureScheme.TimestampBody, TestKeys.Key("k0"), TestKeys.Key("k1", notAfter: _clock.GetUtcNow())),
            _clock
        );

        Assert.Equal(
            SignatureVerdict.Mismatch,
            await verifier.VerifyAsync(Sign(SignatureScheme.TimestampBody, bytes) with { Stream = new ChunkedBody(bytes, 500).Reader })
        );
    }

    [Fact]
    public async Task A_cancelled_read_stops_and_leaves_the_key_in_order()
    {
        var bytes = RandomNumberGenerator.GetBytes(50_000);
        using var verifier = Create(SignatureScheme.TimestampBody);
        var request = Sign(SignatureScheme.TimestampBody, bytes);
        var body = new ChunkedBody(bytes, 5000);
        body.Reader.CancelPendingRead();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await verifier.VerifyAsync(request with { Stream = body.Reader })
        );
        using var cancelling = new CancellationTokenSource();
        var other = new CancellingBody(bytes, cancelling);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await verifier.VerifyAsync(request with { Stream = System.IO.Pipelines.PipeReader.Create(other) }, cancelling.Token)
        );

        Assert.Equal(SignatureVerdict.Valid, await verifier.VerifyAsync(request with { Body = bytes }));
    }

    internal static SignedRequest Sign(SignatureScheme scheme, byte[] body) =>
        scheme switch
        {
            SignatureScheme.Canonical => CanonicalRequests.Sign(
                "PUT",
                "/upload",
                "",
                body,
                Timestamp,
                "nonce-0123456789",
                "k1",
                TestKeys.Secret("k1")
            ) with
            {
                Body = default,
            },
            SignatureScheme.StandardWebhooks => new SignedRequest(
                "v1,"
                    + Convert.ToBase64String(
                        HMACSHA256.HashData(TestKeys.Secret("k1"), (byte[])[.. Encoding.UTF8.GetBytes($"m.{Timestamp}."), .. body])
                    ),
                Timestamp,
                default
            )
            {
                MessageId = "m",
            },
            _ => new SignedRequest(HmacSignature.Compute(TestKeys.Secret("k1"), Timestamp, body), Timestamp, default),
        };

    internal static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    private HmacSignatureVerifier Create(SignatureScheme scheme, long maxBodyBytes = 1 << 20)
    {
        var options = TestKeys.Options(scheme);
        options.MaxBodyBytes = maxBodyBytes;
        return new HmacSignatureVerifier(options, _clock);
    }

    private sealed class CancellingBody(byte[] body, CancellationTokenSource cancelling) : MemoryStream(body)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position > 0)
                await cancelling.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            return await base.ReadAsync(buffer[..Math.Min(buffer.Length, 1000)], cancellationToken);
        }
    }
}
