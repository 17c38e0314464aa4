using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace LedgerLift.Storage;

/// <summary>
/// Reads the caller's stream once, piece by piece, and holds it to the largest object allowed. Hashes all of it meanwhile: while one piece is read, the piece
/// before it is hashed on another thread. One caller at a time.
/// </summary>
internal sealed class PartReader(Stream source, UploadServices services, string parameterName) : IAsyncDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Task _hashing = Task.CompletedTask;

    /// <summary>Bytes read so far.</summary>
    internal long Length { get; private set; }

    /// <summary>Whether the source has ended.</summary>
    internal bool Ended { get; private set; }

    /// <summary>What the stream says it has left; null when it cannot seek.</summary>
    internal static long? LengthOf(Stream source) => source.CanSeek ? Math.Max(0, source.Length - source.Position) : null;

    /// <summary>The next piece, empty at the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The source is longer than an object may be.</exception>
    internal async ValueTask<PartBuffer> ReadAsync(int size, CancellationToken cancellationToken)
    {
        var buffer = new PartBuffer(services.Buffers, size);
        try
        {
            await buffer.FillAsync(source, cancellationToken).ConfigureAwait(false);
            Length += buffer.Bytes.Length;
            Ended = !buffer.IsFull;
            UploadRules.ThrowIfTooLong(Length, services.Options.MaxObjectBytes, parameterName);
            // A hash takes its pieces in order, so one waits for the one before.
            await HashedAsync().ConfigureAwait(false);
            buffer.HashInto(_hash);
            _hashing = buffer.Hashed;
            return buffer;
        }
        catch
        {
            await buffer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The SHA-256 of all that was read, 64 lower-case hex digits. Once, at the end.</summary>
    internal async ValueTask<string> Sha256HexAsync()
    {
        await HashedAsync().ConfigureAwait(false);
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public async ValueTask DisposeAsync()
    {
        await HashedAsync().ConfigureAwait(false);
        _hash.Dispose();
    }

    [SuppressMessage("Usage", "VSTHRD003", Justification = "The task is this reader's own.")]
    private Task HashedAsync() => _hashing;
}
