using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;

namespace LedgerLift.Auth;

/// <summary>Gives a body on while hashing it, and throws instead of giving its last bytes when the hash is not the announced one.</summary>
internal sealed class SignedBodyStream(PipeReader reader, Mac announced, long? length, long maxBytes, Action<SignatureVerdict> report)
    : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Mac _announced = announced;
    private long _given;
    private SignatureVerdict? _refusal;

    internal bool IsVerified { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _given;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_refusal is { } refusal)
            throw new SignedBodyException(refusal);
        if (IsVerified || buffer.IsEmpty)
            return 0;
        var result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (result.IsCanceled)
        {
            reader.AdvanceTo(result.Buffer.Start);
            throw new OperationCanceledException("Reading the body was cancelled.", cancellationToken);
        }

        return Give(result, buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A request's body arrives asynchronously; use ReadAsync.");

    public override void Flush()
    {
        // Nothing is written, so nothing is held back.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }

    private int Give(ReadResult result, Span<byte> buffer)
    {
        var slice = result.Buffer.Length > buffer.Length ? result.Buffer.Slice(0, buffer.Length) : result.Buffer;
        var given = (int)slice.Length;
        slice.CopyTo(buffer);
        var isLast = result.IsCompleted && slice.Length == result.Buffer.Length;
        reader.AdvanceTo(slice.End);
        _given += given;
        if (_given > maxBytes)
            Refuse(SignatureVerdict.BodyTooLarge);
        _hash.AppendData(buffer[..given]);
        // A reader that knows the length stops there and never asks for the end, so the length is an end too.
        if (isLast || _given == length)
            Finish();
        else if (_given > length)
            Refuse(SignatureVerdict.Mismatch);
        return given;
    }

    private void Finish()
    {
        Span<byte> hash = stackalloc byte[Mac.Length];
        _hash.GetHashAndReset(hash);
        if (!CryptographicOperations.FixedTimeEquals(hash, _announced))
            Refuse(SignatureVerdict.Mismatch);
        IsVerified = true;
    }

    private void Refuse(SignatureVerdict verdict)
    {
        _refusal = verdict;
        report(verdict);
        throw new SignedBodyException(verdict);
    }
}
