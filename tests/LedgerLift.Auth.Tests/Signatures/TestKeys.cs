using System.Security.Cryptography;
using System.Text;

namespace LedgerLift.Auth.Tests;

/// <summary>Keys and options for tests. The secrets are hashes of names: random enough for the validator, the same in every run.</summary>
internal static class TestKeys
{
    public static byte[] Secret(string name) => SHA256.HashData(Encoding.UTF8.GetBytes(name));

    public static HmacKey Key(string id, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null) =>
        new(id, Secret(id), notBefore, notAfter);

    public static HmacSignatureOptions Options(SignatureScheme scheme = SignatureScheme.TimestampBody, params HmacKey[] keys) =>
        new() { Scheme = scheme, Keys = keys.Length == 0 ? [Key("k1")] : [.. keys] };
}
