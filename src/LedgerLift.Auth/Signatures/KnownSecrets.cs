using System.Text;

namespace LedgerLift.Auth;

/// <summary>Secrets that everybody knows: from documentation, from specifications, from examples that were never changed.</summary>
internal static class KnownSecrets
{
    // Compared without case, spaces, dashes and underscores, anywhere in the secret.
    private static readonly string[] Placeholders =
    [
        "yourhmacsecret",
        "yoursecretkey",
        "yoursecrethere",
        "yourwebhooksecret",
        "yoursigningsecret",
        "yoursharedsecret",
        "changeme",
        "changethis",
        "replaceme",
        "replacethis",
        "insertsecret",
        "placeholder",
        "notasecret",
        "itsasecrettoeverybody",
    ];

    // Slack's documentation, Standard Webhooks' specification (as text), RFC 4231 test cases 3 and 4 continued, 1 to 32 and 0 to 31.
    private static readonly byte[][] Samples =
    [
        "8f742231b10e8888abcd99yyyzzz85a5"u8.ToArray(),
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"u8.ToArray(),
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"u8.ToArray(),
        "0123456789abcdef0123456789abcdef"u8.ToArray(),
        "0123456789ABCDEF0123456789ABCDEF"u8.ToArray(),
        Sequence(0),
        Sequence(1),
    ];

    internal static bool Contains(ReadOnlySpan<byte> secret)
    {
        if (!secret.ContainsAnyExcept(secret[0]))
            return true;
        foreach (var sample in Samples)
            if (secret.SequenceEqual(sample))
                return true;
        return ContainsPlaceholder(secret);
    }

    private static bool ContainsPlaceholder(ReadOnlySpan<byte> secret)
    {
        var letters = new StringBuilder(secret.Length);
        foreach (var value in secret)
            if (char.IsAsciiLetterOrDigit((char)value))
                letters.Append(char.ToLowerInvariant((char)value));
        var text = letters.ToString();
        return Array.Exists(Placeholders, placeholder => text.Contains(placeholder, StringComparison.Ordinal));
    }

    private static byte[] Sequence(byte first) => [.. Enumerable.Range(first, HmacKey.MinSecretBytes).Select(value => (byte)value)];
}
