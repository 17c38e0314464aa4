using System.Buffers;
using System.Security.Cryptography;

namespace LedgerLift.Auth;

/// <summary>
/// HMAC-SHA256 in hex over eight lines: <c>ll2</c>, method, path, query sorted by pair, SHA-256 of the body in hex, timestamp, nonce, key id.
/// No part can hold a line break, so no part can be mistaken for another.
/// </summary>
internal sealed class CanonicalScheme : ISignatureScheme
{
    private const string Version = "ll2";
    private const int MinNonceLength = 16;
    private const int MaxNonceLength = 128;

    private static readonly SearchValues<char> NonceCharacters = SearchValues.Create(
        "-_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    public bool CoversBodyHash => true;

    public SignatureVerdict? Read(in SignedRequest request, out SignatureClaim claim)
    {
        claim = default;
        if (IsIncomplete(request))
            return SignatureVerdict.Missing;
        if (
            !SignatureText.TryReadTimestamp(request.Timestamp!, out var timestamp)
            || !SignatureText.TryReadHex(request.Signature, out var signature)
            || !AreLines(request)
            || !IsNonce(request.Nonce)
            || (!string.IsNullOrEmpty(request.ContentSha256) && !SignatureText.TryReadHex(request.ContentSha256, out _))
        )
            return SignatureVerdict.Malformed;
        claim = new SignatureClaim(timestamp, signature);
        return null;
    }

    public bool MayUse(in SignedRequest request, string keyId) => string.Equals(request.KeyId, keyId, StringComparison.Ordinal);

    public void Append(IncrementalHash mac, in SignedRequest request, string keyId, ReadOnlySpan<byte> bodyHash)
    {
        AppendLine(mac, Version);
        AppendLine(mac, request.Method);
        AppendLine(mac, request.Path);
        AppendQuery(mac, request.Query);
        Span<char> hash = stackalloc char[2 * Mac.Length];
        Convert.TryToHexStringLower(bodyHash, hash, out _);
        AppendLine(mac, hash);
        AppendLine(mac, request.Timestamp);
        AppendLine(mac, request.Nonce);
        mac.AppendText(keyId);
    }

    private static bool IsIncomplete(in SignedRequest request) =>
        string.IsNullOrEmpty(request.Signature)
        || string.IsNullOrEmpty(request.Timestamp)
        || string.IsNullOrEmpty(request.Nonce)
        || string.IsNullOrEmpty(request.KeyId)
        || string.IsNullOrEmpty(request.Method)
        || string.IsNullOrEmpty(request.Path);

    // A request line holds visible ASCII only; anything else would not have come as it was signed.
    private static bool AreLines(in SignedRequest request) =>
        !request.Method.AsSpan().ContainsAnyExceptInRange('!', '~')
        && !request.Path.AsSpan().ContainsAnyExceptInRange('!', '~')
        && request.Path!.StartsWith('/')
        && !request.Path.Contains('?', StringComparison.Ordinal)
        && !request.Query.AsSpan().ContainsAnyExceptInRange('!', '~')
        && !request.KeyId.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static bool IsNonce(string? nonce) =>
        nonce is { Length: >= MinNonceLength and <= MaxNonceLength } && !nonce.AsSpan().ContainsAnyExcept(NonceCharacters);

    private static void AppendLine(IncrementalHash mac, ReadOnlySpan<char> text)
    {
        mac.AppendText(text);
        mac.AppendText("\n");
    }

    // A proxy may reorder pairs; their text, and so their escapes, must arrive as sent.
    private static void AppendQuery(IncrementalHash mac, string? query)
    {
        var text = query.AsSpan();
        if (text.StartsWith('?'))
            text = text[1..];
        if (!text.Contains('&'))
        {
            AppendLine(mac, text);
            return;
        }

        var pairs = text.ToString().Split('&');
        Array.Sort(pairs, StringComparer.Ordinal);
        for (var i = 0; i < pairs.Length; i++)
        {
            if (i > 0)
                mac.AppendText("&");
            mac.AppendText(pairs[i]);
        }

        mac.AppendText("\n");
    }
}
