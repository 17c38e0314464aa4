using System.Security.Cryptography;

namespace LedgerLift.Auditing;

/// <summary>A key that signs checkpoints, or only verifies them. Safe to use from any thread. Its text form never holds the key.</summary>
/// <remarks>With <see cref="EcdsaP256"/> whoever verifies needs the public key only and cannot sign; with <see cref="HmacSha256"/> both hold the same secret. Keys change by signing with a new id; verifiers keep the old keys.</remarks>
public sealed class AuditSigningKey : IDisposable
{
    /// <summary>HMAC with SHA-256 (RFC 2104).</summary>
    public const string HmacSha256 = "hmac-sha256";

    /// <summary>ECDSA over P-256 with SHA-256 (FIPS 186-5), the signature as r ‖ s.</summary>
    public const string EcdsaP256 = "ecdsa-p256-sha256";

    private const int MinSecretBytes = 32;

    private readonly Lock _lock = new();
    private readonly byte[]? _secret;
    private readonly ECDsa? _ecdsa;

    private AuditSigningKey(string id, byte[]? secret, ECDsa? ecdsa, bool canSign)
    {
        Id = id;
        _secret = secret;
        _ecdsa = ecdsa;
        CanSign = canSign;
        Algorithm = ecdsa is null ? HmacSha256 : EcdsaP256;
    }

    /// <summary>The name under which signatures mention the key.</summary>
    public string Id { get; }

    /// <summary><see cref="HmacSha256"/> or <see cref="EcdsaP256"/>.</summary>
    public string Algorithm { get; }

    /// <summary>Whether it can sign; false for a public key.</summary>
    public bool CanSign { get; }

    /// <summary>A shared secret.</summary>
    /// <param name="id">The name of the key, not blank.</param>
    /// <param name="secret">At least 32 random bytes; copied.</param>
    /// <returns>A key that signs and verifies.</returns>
    /// <exception cref="ArgumentException"><paramref name="id"/> is blank, or the secret is shorter.</exception>
    public static AuditSigningKey FromSecret(string id, ReadOnlySpan<byte> secret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        if (secret.Length < MinSecretBytes)
            throw new ArgumentException($"The secret must have {MinSecretBytes} bytes or more, but has {secret.Length}.", nameof(secret));
        return new AuditSigningKey(id, secret.ToArray(), ecdsa: null, canSign: true);
    }

    /// <summary>A P-256 key from PEM: private (<c>EC PRIVATE KEY</c> or <c>PRIVATE KEY</c>) to sign and verify, public (<c>PUBLIC KEY</c>) to verify.</summary>
    /// <param name="id">The name of the key, not blank.</param>
    /// <param name="pem">The text of the file, with one key.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException"><paramref name="id"/> is blank, or the text holds no unencrypted key on the curve P-256.</exception>
    public static AuditSigningKey FromPem(string id, string pem)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentException.ThrowIfNullOrWhiteSpace(pem);
        var ecdsa = ECDsa.Create();
        try
        {
            ecdsa.ImportFromPem(pem);
            var curve = ecdsa.ExportParameters(includePrivateParameters: false).Curve.Oid;
            if (!string.Equals(curve.Value ?? curve.FriendlyName, ECCurve.NamedCurves.nistP256.Oid.Value, StringComparison.Ordinal))
                throw new ArgumentException("The key must be on the curve P-256.", nameof(pem));
            return new AuditSigningKey(id, secret: null, ecdsa, pem.Contains("PRIVATE KEY", StringComparison.Ordinal));
        }
        catch (Exception exception)
        {
            ecdsa.Dispose();
            if (exception is CryptographicException)
                throw new ArgumentException("The text holds no unencrypted key of ECDSA in PEM.", nameof(pem), exception);
            throw;
        }
    }

    /// <summary>Signs.</summary>
    /// <param name="data">What to sign.</param>
    /// <returns>The signature: 32 bytes with HMAC, 64 with ECDSA.</returns>
    /// <exception cref="InvalidOperationException">The key is public (see <see cref="CanSign"/>).</exception>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        if (_ecdsa is null)
            return HMACSHA256.HashData(_secret!, data);
        if (!CanSign)
            throw new InvalidOperationException($"The key {Id} is public and cannot sign.");
        lock (_lock)
            return _ecdsa.SignData(data, HashAlgorithmName.SHA256);
    }

    /// <summary>Verifies, in a time that does not depend on where a wrong signature differs.</summary>
    /// <param name="data">What was signed.</param>
    /// <param name="signature">The signature.</param>
    /// <returns>True when this key made it.</returns>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (_ecdsa is null)
            return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_secret!, data), signature);
        lock (_lock)
            return _ecdsa.VerifyData(data, signature, HashAlgorithmName.SHA256);
    }

    /// <summary>Wipes the key. To be called when nobody signs or verifies any more.</summary>
    public void Dispose()
    {
        if (_secret is not null)
            CryptographicOperations.ZeroMemory(_secret);
        _ecdsa?.Dispose();
    }

    /// <summary>Id and algorithm.</summary>
    /// <returns>A text without the key.</returns>
    public override string ToString() => $"{Id} ({Algorithm})";
}
