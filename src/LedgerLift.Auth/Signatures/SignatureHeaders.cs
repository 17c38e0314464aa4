namespace LedgerLift.Auth;

/// <summary>The names of the headers in which a signature travels. Immutable.</summary>
public sealed class SignatureHeaders
{
    internal SignatureHeaders(HmacSignatureOptions options)
    {
        Signature = options.SignatureHeader;
        Timestamp = options.TimestampHeader;
        MessageId = options.MessageIdHeader;
        Nonce = options.NonceHeader;
        KeyId = options.KeyIdHeader;
        ContentHash = options.ContentHashHeader;
    }

    /// <summary>Carries the signature.</summary>
    public string Signature { get; }

    /// <summary>Carries the seconds since 1970.</summary>
    public string Timestamp { get; }

    /// <summary>Carries the message's id, for Standard Webhooks.</summary>
    public string MessageId { get; }

    /// <summary>Carries the nonce, for the canonical scheme.</summary>
    public string Nonce { get; }

    /// <summary>Carries the key's id, for the canonical scheme.</summary>
    public string KeyId { get; }

    /// <summary>Announces the SHA-256 of the body in hex, for the canonical scheme.</summary>
    public string ContentHash { get; }
}
