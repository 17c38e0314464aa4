using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LedgerLift.Auth;

/// <summary>A secret shared by signer and verifier, with a name and the time in which it counts.</summary>
/// <param name="Id">The key's name: not blank, up to 64 visible ASCII characters, unique among the keys. Not a secret; it appears in metrics and, in the canonical scheme, in a header.</param>
/// <param name="Secret">The secret, at least <see cref="MinSecretBytes"/> bytes; checked, and copied, by what uses the key.</param>
/// <param name="NotBefore">The first instant at which the key counts (inclusive); null: always has. The newest key that counts signs.</param>
/// <param name="NotAfter">The first instant at which the key no longer counts (exclusive); null: never ends.</param>
/// <remarks>Immutable and safe to use from any thread, as long as nobody changes the bytes behind <see cref="Secret"/>.</remarks>
public sealed record HmacKey(string Id, ReadOnlyMemory<byte> Secret, DateTimeOffset? NotBefore = null, DateTimeOffset? NotAfter = null)
{
    /// <summary>The shortest secret in bytes, inclusive: 32, the size of the hash (RFC 2104 section 3 discourages less).</summary>
    public const int MinSecretBytes = 32;

    private const string WebhookPrefix = "whsec_";

    /// <summary>Makes a key from a secret that is kept as text.</summary>
    /// <param name="id">The key's name.</param>
    /// <param name="secret">The text, whose UTF-8 bytes are the secret; or, after the prefix <c>whsec_</c> of Standard Webhooks, the secret in base64.</param>
    /// <param name="notBefore">The first instant at which the key counts; null: always has.</param>
    /// <param name="notAfter">The first instant at which it no longer counts; null: never ends.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="id"/> or <paramref name="secret"/> is null.</exception>
    /// <exception cref="ArgumentException">What follows <c>whsec_</c> is not base64.</exception>
    public static HmacKey FromText(string id, string secret, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(secret);
        if (!secret.StartsWith(WebhookPrefix, StringComparison.Ordinal))
            return new HmacKey(id, Encoding.UTF8.GetBytes(secret), notBefore, notAfter);
        var bytes = new byte[secret.Length];
        return Convert.TryFromBase64Chars(secret.AsSpan(WebhookPrefix.Length), bytes, out var length)
            ? new HmacKey(id, bytes.AsMemory(0, length), notBefore, notAfter)
            : throw new ArgumentException($"What follows {WebhookPrefix} must be base64.", nameof(secret));
    }

    /// <summary>Name and time; the secret is hidden.</summary>
    /// <returns>Text for a log or a debugger.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{nameof(HmacKey)} {{ Id = {Id}, Secret = ***, NotBefore = {NotBefore:O}, NotAfter = {NotAfter:O} }}"
        );

    /// <summary>Whether the key counts at an instant.</summary>
    internal bool IsActive(DateTimeOffset now) => !(now < NotBefore) && !(now >= NotAfter);

    /// <summary>Whether another key is this one, registered twice.</summary>
    internal bool IsSame(HmacKey other) =>
        string.Equals(Id, other.Id, StringComparison.Ordinal)
        && NotBefore == other.NotBefore
        && NotAfter == other.NotAfter
        && CryptographicOperations.FixedTimeEquals(Secret.Span, other.Secret.Span);
}
