using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace LedgerLift.Auth;

/// <summary>The hashes that a body is fed to while it arrives: its own, or one MAC for each key that may have signed it.</summary>
internal sealed class BodyHashes : IDisposable
{
    private readonly (HmacKeyEntry? Key, IncrementalHash Hash)[] _hashes;
    private bool _isFinished;

    private BodyHashes((HmacKeyEntry? Key, IncrementalHash Hash)[] hashes) => _hashes = hashes;

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The new object owns it.")]
    internal static BodyHashes OfBody() => new([(null, IncrementalHash.CreateHash(HashAlgorithmName.SHA256))]);

    internal static BodyHashes OfKeys(
        ISignatureScheme scheme,
        in SignedRequest request,
        ReadOnlySpan<HmacKeyEntry> keys,
        DateTimeOffset now
    )
    {
        var hashes = new List<(HmacKeyEntry?, IncrementalHash)>(keys.Length);
        foreach (var key in keys)
        {
            if (!key.IsActive(now) || !scheme.MayUse(request, key.Id))
                continue;
            var hash = key.Rent();
            scheme.Append(hash, request, key.Id, []);
            hashes.Add((key, hash));
        }

        return new BodyHashes([.. hashes]);
    }

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (var (_, hash) in _hashes)
            hash.AppendData(bytes);
    }

    /// <summary>The hash of the body.</summary>
    internal byte[] Finish()
    {
        _isFinished = true;
        return _hashes[0].Hash.GetHashAndReset();
    }

    /// <summary>The MAC that is one of the claimed signatures; null when none is.</summary>
    internal byte[]? FinishMatching(in SignatureClaim claim)
    {
        byte[]? match = null;
        Span<byte> mac = stackalloc byte[Mac.Length];
        foreach (var (_, hash) in _hashes)
        {
            hash.GetHashAndReset(mac);
            if (claim.Matches(mac))
                match ??= mac.ToArray();
        }

        _isFinished = true;
        return match;
    }

    public void Dispose()
    {
        foreach (var (key, hash) in _hashes)
            if (key is not null && _isFinished)
                key.Return(hash);
            else
                hash.Dispose();
    }
}
