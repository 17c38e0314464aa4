using System.Security.Cryptography;

namespace LedgerLift.Storage;

/// <summary>Reads the caller's stream once, piece by piece, hashes all of it and holds it to the largest object allowed. One thread at a time.</summary>
internal sealed class PartReader(Stream source, UploadServices services, string parameterName) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

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
            _hash.AppendData(buffer.Bytes.Span);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>The SHA-256 of all that was read, 64 lower-case hex digits. Once, at the end.</summary>
    internal string Sha256Hex() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
