namespace LedgerLift.Storage;

/// <summary>How the store encrypts what it keeps.</summary>
public enum ObjectEncryption
{
    /// <summary>Nothing is asked for: the bucket's own default applies.</summary>
    None,

    /// <summary>Keys that S3 manages (SSE-S3, AES256).</summary>
    S3Managed,

    /// <summary>A key of the key management service (SSE-KMS).</summary>
    Kms,
}
