using System.Security.Cryptography;

namespace LedgerLift.Storage.Contract;

/// <summary>Contents that say where they were cut or mixed: nothing in them repeats.</summary>
internal static class Bytes
{
    internal static byte[] Of(long length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    internal static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

#pragma warning disable CA5351 // MD5 is what S3 calls Content-MD5.
    internal static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
}
