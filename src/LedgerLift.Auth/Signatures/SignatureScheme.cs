namespace LedgerLift.Auth;

/// <summary>What a signature covers, and how it is written.</summary>
public enum SignatureScheme
{
    /// <summary>Hex of HMAC-SHA256(secret, timestamp + body), without anything in between; the timestamp is exactly ten digits. Default headers <c>X-Signature</c> and <c>X-Timestamp</c>.</summary>
    TimestampBody,

    /// <summary>Standard Webhooks, symmetric: base64 of HMAC-SHA256(secret, id.timestamp.body). Default headers <c>webhook-signature</c>, <c>webhook-timestamp</c> and <c>webhook-id</c>.</summary>
    StandardWebhooks,

    /// <summary>Hex of HMAC-SHA256 over method, path, query, hash of the body, timestamp, nonce and key id, each on a line of its own. The only scheme whose bodies can be verified while they stream, in constant memory.</summary>
    Canonical,
}
