using System.IO.Pipelines;
using System.Security.Cryptography;
using LedgerLift.Testing;

namespace LedgerLift.Auth.Tests;

[Collection(nameof(Alone))]
public sealed class SignatureMemoryTests
{
    private static readonly Uri Target = new("http://localhost/upload");

    private readonly ManualTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));

    // The short form; a whole gigabyte passes in `benchmarks/run auth`.
    [Fact]
    public async Task A_large_body_passes_in_constant_memory()
    {
        const int Length = 64 * 1024 * 1024;
        var hash = SHA256.HashData(new byte[Length]);
        var options = TestKeys.Options(SignatureScheme.Canonical);
        options.MaxBodyBytes = Length;
        using var verifier = new HmacSignatureVerifier(options, _clock);
        var request = StreamedBodyTests.Sign(SignatureScheme.Canonical, []) with
        {
            Stream = PipeReader.Create(new ZeroStream(Length)),
            ContentLength = Length,
        };
        request = Resign(request, hash);
        var body = await verifier.OpenAsync(request);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await body.Content!.CopyToAsync(Stream.Null, 64 * 1024);

        Assert.True(body.IsVerified);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, Length / 4);
    }

    private static SignedRequest Resign(SignedRequest request, byte[] hash)
    {
        var lines = string.Join('\n', "ll2", "PUT", "/upload", "", Convert.ToHexStringLower(hash), request.Timestamp, request.Nonce, "k1");
        return request with
        {
            ContentSha256 = Convert.ToHexStringLower(hash),
            Signature = Convert.ToHexStringLower(HMACSHA256.HashData(TestKeys.Secret("k1"), System.Text.Encoding.UTF8.GetBytes(lines))),
        };
    }

    [Fact]
    public async Task A_stream_that_can_seek_is_never_copied()
    {
        const int Length = 64 * 1024 * 1024;
        var path = Path.GetTempFileName();
        try
        {
            await using var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1, useAsync: true);
            file.SetLength(Length);
            using var sink = new CountingHandler();
            using var client = new HttpClient(
                new HmacSigningHandler(TestKeys.Options(SignatureScheme.Canonical), _clock) { InnerHandler = sink }
            );
            var before = GC.GetTotalAllocatedBytes(precise: true);

            await client.PutAsync(Target, new StreamContent(file));

            Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, Length / 4);
            Assert.Equal(Length, sink.Received);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // Replay protection costs a map entry and a node; the first thousands let the map grow.
    [Fact]
    public async Task A_verification_of_a_kilobyte_allocates_300_bytes_at_most()
    {
        var options = TestKeys.Options();
        var guard = new InMemoryReplayGuard(new InMemoryReplayGuardOptions { MaxEntries = 50_000 }, _clock);
        using var verifier = new HmacSignatureVerifier(options, _clock, guard);
        var body = new byte[1024];
        var signatures = new string[20_000];
        for (var i = 0; i < signatures.Length; i++)
        {
            BitConverter.TryWriteBytes(body, i);
            signatures[i] = HmacSignature.Compute(TestKeys.Secret("k1"), "1700000000", body);
        }

        await VerifyAllAsync(verifier, signatures.AsMemory(0, 15_000), 0, body);
        var before = GC.GetAllocatedBytesForCurrentThread();
        await VerifyAllAsync(verifier, signatures.AsMemory(15_000, 2000), 15_000, body);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated / 2000.0, 1, 300);
        Assert.Equal(17_000, guard.Held);
    }

    [Fact]
    public async Task Without_replay_protection_a_verification_allocates_the_found_mac_only()
    {
        var options = TestKeys.Options();
        options.ReplayProtection = false;
        using var verifier = new HmacSignatureVerifier(options, _clock);
        var body = new byte[1024];
        var signature = HmacSignature.Compute(TestKeys.Secret("k1"), "1700000000", body);
        for (var i = 0; i < 5000; i++)
            await verifier.VerifyAsync(signature, "1700000000", body);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 5000; i++)
            await verifier.VerifyAsync(signature, "1700000000", body);

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 5000.0, 0, 64);
    }

    private static async ValueTask VerifyAllAsync(HmacSignatureVerifier verifier, ReadOnlyMemory<string> signatures, int first, byte[] body)
    {
        for (var i = 0; i < signatures.Length; i++)
        {
            BitConverter.TryWriteBytes(body, first + i);
            if (await verifier.VerifyAsync(signatures.Span[i], "1700000000", body) is not SignatureVerdict.Valid)
                throw new InvalidOperationException("A good signature was refused.");
        }
    }

    private sealed class CountingHandler : HttpMessageHandler
    {
        public long Received { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await using var counter = new CountingStream();
            await request.Content!.CopyToAsync(counter, cancellationToken);
            Received = counter.Written;
            return new HttpResponseMessage();
        }
    }

    private sealed class CountingStream : MemoryStream
    {
        public long Written { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Written += buffer.Length;
            return ValueTask.CompletedTask;
        }
    }
}
