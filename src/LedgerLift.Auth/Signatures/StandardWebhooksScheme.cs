using System.Security.Cryptography;

namespace LedgerLift.Auth;

/// <summary>Standard Webhooks 1.0.0, symmetric signatures: <c>v1,</c> and the base64 of HMAC-SHA256(secret, id.timestamp.body); several of them, separated by spaces.</summary>
internal sealed class StandardWebhooksScheme : ISignatureScheme
{
    private const string Version = "v1,";

    // A signer sends one signature for each of its keys. More than a few are no rotation.
    private const int MaxSignatures = 16;

    public bool CoversBodyHash => false;

    public SignatureVerdict? Read(in SignedRequest request, out SignatureClaim claim)
    {
        claim = default;
        if (string.IsNullOrEmpty(request.Signature) || string.IsNullOrEmpty(request.Timestamp) || string.IsNullOrEmpty(request.MessageId))
            return SignatureVerdict.Missing;
        // With a dot in the id, id and timestamp could be cut elsewhere: "a.1" + "2" + "…" are the bytes of "a" + "1" + "2.…".
        if (
            !SignatureText.TryReadTimestamp(request.Timestamp, out var timestamp)
            || request.MessageId.AsSpan().ContainsAnyExceptInRange('!', '~')
            || request.MessageId.Contains('.', StringComparison.Ordinal)
        )
            return SignatureVerdict.Malformed;
        return ReadSignatures(request.Signature, timestamp, out claim) ? null : SignatureVerdict.Malformed;
    }

    public bool MayUse(in SignedRequest request, string keyId) => true;

    public void Append(IncrementalHash mac, in SignedRequest request, string keyId, ReadOnlySpan<byte> bodyHash)
    {
        mac.AppendText(request.MessageId);
        mac.AppendText(".");
        mac.AppendText(request.Timestamp);
        mac.AppendText(".");
    }

    // What is no v1 signature is skipped: a sender may add versions that this one does not know.
    private static bool ReadSignatures(string text, DateTimeOffset timestamp, out SignatureClaim claim)
    {
        claim = default;
        if (text.AsSpan().Count(' ') >= MaxSignatures)
            return false;
        List<Mac>? more = null;
        Mac first = default;
        var found = false;
        foreach (var range in text.AsSpan().Split(' '))
        {
            var item = text.AsSpan()[range];
            if (
                !item.StartsWith(Version, StringComparison.Ordinal)
                || !SignatureText.TryReadBase64(item[Version.Length..], out var signature)
            )
                continue;
            if (found)
                (more ??= []).Add(signature);
            else
                first = signature;
            found = true;
        }

        claim = new SignatureClaim(timestamp, first, more?.ToArray());
        return found;
    }
}
