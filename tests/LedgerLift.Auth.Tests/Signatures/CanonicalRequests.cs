using System.Security.Cryptography;
using System.Text;

namespace LedgerLift.Auth.Tests;

/// <summary>The canonical scheme, written a second time and plainly.</summary>
internal static class CanonicalRequests
{
    public static SignedRequest Sign(
        string method,
        string path,
        string query,
        byte[] body,
        string timestamp,
        string nonce,
        string keyId,
        byte[] secret
    )
    {
        var sorted = string.Join('&', query.Split('&').Order(StringComparer.Ordinal));
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        var lines = string.Join('\n', "ll2", method, path, sorted, hash, timestamp, nonce, keyId);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(lines)));
        return new SignedRequest(signature, timestamp, body)
        {
            Method = method,
            Path = path,
            Query = query,
            Nonce = nonce,
            KeyId = keyId,
        };
    }
}
