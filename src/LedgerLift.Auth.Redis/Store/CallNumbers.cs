using System.Buffers.Text;
using System.Security.Cryptography;

namespace LedgerLift.Auth.Redis;

/// <summary>Numbers that no other call has, of this process or another: a random beginning, then one by one.</summary>
internal sealed class CallNumbers
{
    private long _last = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    internal string Next()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BitConverter.TryWriteBytes(bytes, Interlocked.Increment(ref _last));
        return Base64Url.EncodeToString(bytes);
    }
}
