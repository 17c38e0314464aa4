using System.Security.Cryptography;

namespace LedgerLift.Auth;

/// <summary>How one scheme reads a request and what it feeds to the MAC. Without state, safe to use from any thread.</summary>
internal interface ISignatureScheme
{
    /// <summary>Whether the MAC covers a hash of the body, and not the body itself.</summary>
    bool CoversBodyHash { get; }

    /// <summary>Reads what the request says of itself.</summary>
    /// <returns>Why it cannot be read; null when it can.</returns>
    SignatureVerdict? Read(in SignedRequest request, out SignatureClaim claim);

    /// <summary>Whether a key may have made the signature.</summary>
    bool MayUse(in SignedRequest request, string keyId);

    /// <summary>Feeds what comes before the body, or everything when the MAC covers the hash of the body.</summary>
    /// <param name="mac">Takes the bytes.</param>
    /// <param name="request">The request.</param>
    /// <param name="keyId">The id of the key that signs.</param>
    /// <param name="bodyHash">The SHA-256 of the body, when the MAC covers that; else empty.</param>
    void Append(IncrementalHash mac, in SignedRequest request, string keyId, ReadOnlySpan<byte> bodyHash);
}
