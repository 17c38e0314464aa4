using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using LedgerLift.Auth;

namespace LedgerLift.Benchmarks;

/// <summary>A large upload through a canonical signature, beside the bare hash of its bytes.</summary>
internal static class AuthStreamPart
{
    private const int Block = 64 * 1024;
    private const int Rounds = 5;
    private const string Title = "Stream 1 GB";
    private const string Path = "/uploads/1";
    private const string Nonce = "nonce-0123456789";

    public static async Task RunAsync(BenchmarkRun run)
    {
        var blocks = (run.IsDry ? 1024L * 1024 : 1024L * 1024 * 1024) / Block;
        var secret = RandomNumberGenerator.GetBytes(32);
        var hash = Bare(blocks);
        var (bare, ours) = (new List<double>(), new List<double>());
        var allocated = 0L;
        await run.OnceAsync(
            Title,
            async () =>
            {
                for (var round = 0; round < (run.IsDry ? 1 : Rounds); round++)
                {
                    bare.Add(await TimeAsync(() => Task.FromResult(Bare(blocks))));
                    var before = GC.GetTotalAllocatedBytes(precise: true);
                    ours.Add(await TimeAsync(() => VerifyAsync(blocks, secret, hash)));
                    allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
                }
            }
        );
        if (run.IsDry)
            return;

        var ratios = Spread.Of(bare.Zip(ours, static (one, other) => one / other));
        run.Add(new ResultRow(Title, "SHA-256 of the bytes", Spread.Of(bare), double.NaN, 1));
        run.Add(new ResultRow(Title, "LedgerLift canonical signature", Spread.Of(ours), allocated, 1 / ratios.Median));
        run.Figure("auth.stream_ratio", ratios.Median, "x", Goal.AtLeast(0.9));
        // Constant memory, whatever the length: the buffers of the pipe and of the copy.
        run.Figure("auth.stream_alloc", allocated, "B", Goal.AtMost(1_000_000));
    }

    private static byte[] Bare(long blocks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[Block];
        for (var i = 0L; i < blocks; i++)
            hash.AppendData(block);
        return hash.GetHashAndReset();
    }

    private static async Task<byte[]> VerifyAsync(long blocks, byte[] secret, byte[] hash)
    {
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var announced = Convert.ToHexStringLower(hash);
        var lines = string.Join('\n', "ll2", "PUT", Path, "", announced, timestamp, Nonce, "key-1");
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(lines)));
        var options = new HmacSignatureOptions
        {
            Scheme = SignatureScheme.Canonical,
            ReplayProtection = false,
            MaxBodyBytes = long.MaxValue,
        };
        options.Keys.Add(new HmacKey("key-1", secret));
        using var verifier = new HmacSignatureVerifier(options);
        var request = new SignedRequest(signature, timestamp, default)
        {
            Method = "PUT",
            Path = Path,
            Query = "",
            Nonce = Nonce,
            KeyId = "key-1",
            ContentSha256 = announced,
            ContentLength = blocks * Block,
            Stream = PipeReader.Create(new Zeros(blocks * Block), new StreamPipeReaderOptions(bufferSize: Block)),
        };
        var body = await verifier.OpenAsync(request);
        if (body.Verdict is not SignatureVerdict.Valid)
            throw new InvalidOperationException($"A good signature was refused: {body.Verdict}.");
        await body.Content!.CopyToAsync(Stream.Null, Block);
        return body.IsVerified ? hash : throw new InvalidOperationException("The body was not verified.");
    }

    private static async Task<double> TimeAsync(Func<Task<byte[]>> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    /// <summary>So many zeros, from nowhere and at no cost: the buffers it is given are zero already, or were hashed before.</summary>
    private sealed class Zeros(long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(buffer.Length, _left);
            buffer.Span[..count].Clear();
            _left -= count;
            return new ValueTask<int>(count);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
