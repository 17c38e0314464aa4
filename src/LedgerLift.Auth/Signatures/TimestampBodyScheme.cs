using System.Security.Cryptography;

namespace LedgerLift.Auth;

/// <summary>HMAC-SHA256(secret, timestamp + body) in hex.</summary>
internal sealed class TimestampBodyScheme : ISignatureScheme
{
    public bool CoversBodyHash => false;

    public SignatureVerdict? Read(in SignedRequest request, out SignatureClaim claim)
    {
        claim = default;
        if (string.IsNullOrEmpty(request.Signature) || string.IsNullOrEmpty(request.Timestamp))
            return SignatureVerdict.Missing;
        if (
            !SignatureText.TryReadTimestamp(request.Timestamp, out var timestamp)
            || !SignatureText.TryReadHex(request.Signature, out var signature)
        )
            return SignatureVerdict.Malformed;
        claim = new SignatureClaim(timestamp, signature);
        return null;
    }

    public bool MayUse(in SignedRequest request, string keyId) => true;

    // The header's bytes as received: a timestamp that was parsed and written again could differ from what was signed.
    public void Append(IncrementalHash mac, in SignedRequest request, string keyId, ReadOnlySpan<byte> bodyHash) =>
        mac.AppendText(request.Timestamp);
}
