using System.Security.Cryptography;

namespace LedgerLift.Auth;

/// <summary>The documents' signature, for callers that sign by hand. Safe to use from any thread.</summary>
public static class HmacSignature
{
    /// <summary>Signs a body: HMAC-SHA256(secret, timestamp + body), RFC 2104 with FIPS 180-4.</summary>
    /// <param name="secret">The secret. A verifier asks for at least <see cref="HmacKey.MinSecretBytes"/> bytes; this method takes any.</param>
    /// <param name="timestamp">What goes before the body, as UTF-8. A verifier asks for the seconds since 1970 in ten digits; this method takes any text.</param>
    /// <param name="body">The body's bytes, exactly as they are sent.</param>
    /// <returns>64 hex digits in lower case.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="timestamp"/> is null.</exception>
    public static string Compute(ReadOnlySpan<byte> secret, string timestamp, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(timestamp);
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        mac.AppendText(timestamp);
        mac.AppendData(body);
        Span<byte> hash = stackalloc byte[Mac.Length];
        mac.GetHashAndReset(hash);
        return Convert.ToHexStringLower(hash);
    }
}
