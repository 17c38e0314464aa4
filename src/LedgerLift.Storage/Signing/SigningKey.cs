using System.Security.Cryptography;
using System.Text;

namespace LedgerLift.Storage;

/// <summary>What a secret key becomes for one day, region and service, and the scope that says so ("Signature Version 4 signing process", step 3).</summary>
internal sealed class SigningKey
{
    private readonly byte[] _key;

    internal SigningKey(string secret, string date, string region)
    {
        (Secret, Date) = (secret, date);
        Scope = $"{date}/{region}/s3/aws4_request";
        _key = Derive(Derive(Derive(Derive(Encoding.UTF8.GetBytes("AWS4" + secret), date), region), "s3"), "aws4_request");
    }

    internal string Secret { get; }

    /// <summary>The day in UTC, <c>yyyyMMdd</c>.</summary>
    internal string Date { get; }

    internal string Scope { get; }

    /// <summary>Signs a text; 32 bytes.</summary>
    internal void Sign(ReadOnlySpan<byte> text, Span<byte> signature) => HMACSHA256.HashData(_key, text, signature);

    private static byte[] Derive(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
