namespace LedgerLift.Auth;

/// <summary>How requests are signed and verified. <see cref="Keys"/> reload live; everything else is read once.</summary>
public sealed class HmacSignatureOptions
{
    private string? _signatureHeader;
    private string? _timestampHeader;

    /// <summary>
    /// The keys: at least one, each with a name of its own and a secret of 32 bytes or more that is no well-known sample. Every key that counts verifies;
    /// the newest of them (the latest <see cref="HmacKey.NotBefore"/>, the last in the list among equals) signs. There is no default: an empty list is refused.
    /// </summary>
    public IList<HmacKey> Keys { get; set; } = [];

    /// <summary>What a signature covers. The default is <see cref="SignatureScheme.TimestampBody"/>.</summary>
    public SignatureScheme Scheme { get; set; } = SignatureScheme.TimestampBody;

    /// <summary>How far a timestamp may lie from now, inclusive, into the past and into the future; above zero, up to a day. The default is 5 minutes.</summary>
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest body in bytes, inclusive; from 0. The default is 1 MiB. A longer one is refused without reading on.</summary>
    public long MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>Whether a signed request is accepted once only, until its timestamp is too old anyway. The default is true.</summary>
    public bool ReplayProtection { get; set; } = true;

    /// <summary>The header that carries the signature. The default is <c>X-Signature</c>; <c>webhook-signature</c> for Standard Webhooks.</summary>
    public string SignatureHeader
    {
        get => _signatureHeader ?? (Scheme is SignatureScheme.StandardWebhooks ? "webhook-signature" : "X-Signature");
        set => _signatureHeader = value;
    }

    /// <summary>The header that carries the seconds since 1970. The default is <c>X-Timestamp</c>; <c>webhook-timestamp</c> for Standard Webhooks.</summary>
    public string TimestampHeader
    {
        get => _timestampHeader ?? (Scheme is SignatureScheme.StandardWebhooks ? "webhook-timestamp" : "X-Timestamp");
        set => _timestampHeader = value;
    }

    /// <summary>The header that carries the message's id, for Standard Webhooks. The default is <c>webhook-id</c>.</summary>
    public string MessageIdHeader { get; set; } = "webhook-id";

    /// <summary>The header that carries the nonce, for the canonical scheme. The default is <c>X-Nonce</c>.</summary>
    public string NonceHeader { get; set; } = "X-Nonce";

    /// <summary>The header that carries the key's id, for the canonical scheme. The default is <c>X-Key-Id</c>.</summary>
    public string KeyIdHeader { get; set; } = "X-Key-Id";

    /// <summary>The header that announces the SHA-256 of the body in hex, for the canonical scheme; it lets a verifier check the signature before the body arrives. The default is <c>X-Content-SHA256</c>.</summary>
    public string ContentHashHeader { get; set; } = "X-Content-SHA256";
}
