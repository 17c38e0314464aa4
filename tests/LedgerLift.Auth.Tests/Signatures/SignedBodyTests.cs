using System.Security.Cryptography;
using LedgerLift.Testing;

namespace LedgerLift.Auth.Tests;

/// <summary>The head is verified first, the body on its way through.</summary>
public sealed class SignedBodyTests
{
    private readonly ManualTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));

    public static TheoryData<int, int, bool> Bodies =>
        new()
        {
            { 0, 1, false },
            { 0, 1, true },
            { 1, 1, false },
            { 1000, 7, true },
            { 100_000, 4096, false },
            { 100_000, 100_000, true },
        };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task The_body_that_was_signed_passes(int length, int chunk, bool isLengthKnown)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        using var verifier = Create();

        var body = await verifier.OpenAsync(Request(bytes, bytes, chunk, isLengthKnown));

        Assert.Equal(SignatureVerdict.Valid, body.Verdict);
        Assert.False(body.IsVerified);
        await using var content = body.Content!;
        Assert.Equal(bytes, await StreamedBodyTests.ReadAllAsync(content));
        Assert.True(body.IsVerified);
        Assert.Equal(0, await content.ReadAsync(new byte[1]));
        Assert.Equal(length, content.Position);
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Another_body_throws_before_its_last_bytes_are_given(int length, int chunk, bool isLengthKnown)
    {
        var signed = RandomNumberGenerator.GetBytes(length + 1);
        byte[] sent = [.. signed];
        sent[0] ^= 1;
        using var verifier = Create();
        var body = await verifier.OpenAsync(Request(signed, sent, chunk, isLengthKnown));
        using var got = new MemoryStream();

        var exception = await Assert.ThrowsAsync<SignedBodyException>(() => body.Content!.CopyToAsync(got));

        Assert.Equal(SignatureVerdict.Mismatch, exception.Verdict);
        Assert.False(body.IsVerified);
        if (isLengthKnown)
            Assert.True(got.Length < sent.Length);
        await Assert.ThrowsAsync<SignedBodyException>(() => body.Content!.ReadExactlyAsync(new byte[1]).AsTask());
    }

    // What is left after the refusal is an empty body, and that is the one that was signed.
    [Fact]
    public async Task A_body_that_was_refused_stays_refused()
    {
        using var verifier = Create();
        var body = await verifier.OpenAsync(Request([], [1, 2, 3], 3, isLengthKnown: true));

        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAsync<SignedBodyException>(() => body.Content!.ReadExactlyAsync(new byte[3]).AsTask());

        Assert.False(body.IsVerified);
    }

    [Fact]
    public async Task A_reader_that_stops_at_the_known_length_has_it_verified()
    {
        var bytes = RandomNumberGenerator.GetBytes(5000);
        using var verifier = Create();
        var body = await verifier.OpenAsync(Request(bytes, bytes, 1000, isLengthKnown: true));

        await body.Content!.ReadExactlyAsync(new byte[5000]);

        Assert.True(body.IsVerified);
    }

    [Fact]
    public async Task A_body_that_is_cut_short_is_not_verified()
    {
        var bytes = RandomNumberGenerator.GetBytes(5000);
        using var verifier = Create();
        var body = await verifier.OpenAsync(Request(bytes, bytes[..4000], 1000, isLengthKnown: false));

        Assert.Equal(
            SignatureVerdict.Mismatch,
            (await Assert.ThrowsAsync<SignedBodyException>(() => StreamedBodyTests.ReadAllAsync(body.Content!))).Verdict
        );
    }

    [Fact]
    public async Task A_body_longer_than_announced_is_refused()
    {
        var bytes = RandomNumberGenerator.GetBytes(5000);
        using var verifier = Create();
        var request = Request(bytes, bytes, 3000, isLengthKnown: false) with { ContentLength = 4000 };
        var body = await verifier.OpenAsync(request);

        Assert.Equal(
            SignatureVerdict.Mismatch,
            (await Assert.ThrowsAsync<SignedBodyException>(() => StreamedBodyTests.ReadAllAsync(body.Content!))).Verdict
        );
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_and_not_read_on()
    {
        var bytes = new byte[100_000];
        using var verifier = Create(maxBodyBytes: 10_000);
        var chunks = new ChunkedBody(bytes, 1000);
        var body = await verifier.OpenAsync(Request(bytes, bytes, 1000, isLengthKnown: false) with { Stream = chunks.Reader });

        var exception = await Assert.ThrowsAsync<SignedBodyException>(() => StreamedBodyTests.ReadAllAsync(body.Content!));

        Assert.Equal(SignatureVerdict.BodyTooLarge, exception.Verdict);
        Assert.InRange(chunks.Given, 10_001, 20_000);
        await Assert.ThrowsAsync<SignedBodyException>(() => body.Content!.ReadExactlyAsync(new byte[1]).AsTask());
        Assert.InRange(chunks.Given, 10_001, 20_000);
        Assert.Equal(SignatureVerdict.BodyTooLarge, (await verifier.OpenAsync(Request(bytes, bytes, 1000, isLengthKnown: true))).Verdict);
    }

    [Fact]
    public async Task The_limit_of_a_body_is_inclusive()
    {
        var bytes = RandomNumberGenerator.GetBytes(10_001);
        using var verifier = Create(maxBodyBytes: 10_000);
        var whole = await verifier.OpenAsync(Request(bytes[..10_000], bytes[..10_000], 999, isLengthKnown: false));
        var longer = await verifier.OpenAsync(Request(bytes, bytes, 999, isLengthKnown: false));

        Assert.Equal(bytes[..10_000], await StreamedBodyTests.ReadAllAsync(whole.Content!));
        Assert.Equal(
            SignatureVerdict.BodyTooLarge,
            (await Assert.ThrowsAsync<SignedBodyException>(() => StreamedBodyTests.ReadAllAsync(longer.Content!))).Verdict
        );
    }

    [Fact]
    public async Task A_bad_head_gives_no_body_and_reads_none()
    {
        var bytes = RandomNumberGenerator.GetBytes(5000);
        var chunks = new ChunkedBody(bytes, 1000);
        using var verifier = Create();
        var request = Request(bytes, bytes, 1000, isLengthKnown: false) with { Stream = chunks.Reader };

        foreach (
            var (bad, verdict) in new[]
            {
                (request with { Path = "/other" }, SignatureVerdict.Mismatch),
                (request with { ContentSha256 = null }, SignatureVerdict.Missing),
                (request with { ContentSha256 = new string('0', 64) }, SignatureVerdict.Mismatch),
                (request with { Nonce = "short" }, SignatureVerdict.Malformed),
            }
        )
        {
            var body = await verifier.OpenAsync(bad);
            Assert.Equal(verdict, body.Verdict);
            Assert.Null(body.Content);
            Assert.False(body.IsVerified);
        }

        Assert.Equal(0, chunks.Given);
        Assert.Equal(SignatureVerdict.Valid, (await verifier.OpenAsync(request)).Verdict);
        Assert.Equal(SignatureVerdict.Replayed, (await verifier.OpenAsync(request)).Verdict);
    }

    [Fact]
    public async Task Only_the_canonical_scheme_can_open_a_body()
    {
        using var other = new HmacSignatureVerifier(TestKeys.Options(), _clock);
        using var verifier = Create();
        var request = Request([1], [1], 1, isLengthKnown: false);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await other.OpenAsync(request));
        await Assert.ThrowsAsync<ArgumentException>(async () => await verifier.OpenAsync(request with { Stream = null }));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await verifier.OpenAsync(request, new CancellationToken(canceled: true))
        );
    }

    [Fact]
    public async Task Without_replay_protection_a_cancelled_call_is_cancelled_too()
    {
        var options = TestKeys.Options(SignatureScheme.Canonical);
        options.ReplayProtection = false;
        using var verifier = new HmacSignatureVerifier(options, _clock);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await verifier.OpenAsync(Request([1], [1], 1, isLengthKnown: false), new CancellationToken(canceled: true))
        );
    }

    [Fact]
    public async Task The_stream_is_for_reading_forward_and_asynchronously()
    {
        using var verifier = Create();
        var content = (await verifier.OpenAsync(Request([1, 2], [1, 2], 1, isLengthKnown: false))).Content!;

        Assert.True(content.CanRead);
        Assert.False(content.CanSeek);
        Assert.False(content.CanWrite);
        Assert.Throws<NotSupportedException>(() => content.ReadExactly(new byte[1]));
        Assert.Throws<NotSupportedException>(() => content.Length);
        Assert.Throws<NotSupportedException>(() => content.Position = 1);
        Assert.Throws<NotSupportedException>(() => content.Seek(0, SeekOrigin.Begin));
        Assert.Throws<NotSupportedException>(() => content.SetLength(1));
        Assert.Throws<NotSupportedException>(() => content.Write([1]));
        await content.FlushAsync();
#pragma warning disable CA1835 // The older overload is what is tried.
        Assert.Equal(1, await content.ReadAsync(new byte[2], 0, 2));
#pragma warning restore CA1835
    }

    private static SignedRequest Request(byte[] signed, byte[] sent, int chunk, bool isLengthKnown) =>
        StreamedBodyTests.Sign(SignatureScheme.Canonical, signed) with
        {
            Stream = new ChunkedBody(sent, chunk).Reader,
            ContentSha256 = Convert.ToHexStringLower(SHA256.HashData(signed)),
            ContentLength = isLengthKnown ? sent.Length : null,
        };

    private HmacSignatureVerifier Create(long maxBodyBytes = 1 << 20)
    {
        var options = TestKeys.Options(SignatureScheme.Canonical);
        options.MaxBodyBytes = maxBodyBytes;
        return new HmacSignatureVerifier(options, _clock);
    }
}
