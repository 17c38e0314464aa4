using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LedgerLift.Storage;

/// <summary>
/// Signs requests with HMAC-SHA256 (RFC 2104) over the method and every name and value, each with its length in front, so that no two requests have one text. The address is
/// not signed: the key is in the query, where no proxy rewrites it. Thread-safe.
/// </summary>
internal sealed class UrlSigner(byte[] key, Uri baseUrl)
{
    internal const string SignatureName = "ll-signature";

    internal Uri BaseUrl => baseUrl;

    /// <summary>The signed address of a request.</summary>
    internal Uri Sign(string method, SortedDictionary<string, string> query, IReadOnlyDictionary<string, string> headers)
    {
        var signature = Compute(method, query, headers);
        var text = new StringBuilder(baseUrl.AbsoluteUri).Append('?');
        foreach (var (name, value) in query)
            text.Append(name).Append('=').Append(Uri.EscapeDataString(value)).Append('&');
        return new Uri(text.Append(SignatureName).Append('=').Append(signature).ToString());
    }

    internal bool Verify(
        string method,
        IReadOnlyDictionary<string, string> query,
        IReadOnlyDictionary<string, string> headers,
        string? signature
    ) =>
        signature is not null
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Compute(method, query, headers)),
            Encoding.UTF8.GetBytes(signature)
        );

    internal string Compute(string method, IReadOnlyDictionary<string, string> query, IReadOnlyDictionary<string, string> headers)
    {
        var text = new StringBuilder("ledgerlift-1\n").Append(method).Append('\n');
        Append(text, 'q', query);
        Append(text, 'h', headers);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Append(StringBuilder text, char kind, IReadOnlyDictionary<string, string> pairs)
    {
        foreach (var (name, value) in pairs.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{kind}{name.Length}:{name}={value.Length}:{value}\n");
    }
}
