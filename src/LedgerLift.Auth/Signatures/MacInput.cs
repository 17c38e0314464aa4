using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace LedgerLift.Auth;

/// <summary>Feeds text to a MAC as UTF-8.</summary>
internal static class MacInput
{
    private const int OnStack = 512;

    internal static void AppendText(this IncrementalHash mac, ReadOnlySpan<char> text)
    {
        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (longest <= OnStack)
        {
            Span<byte> bytes = stackalloc byte[OnStack];
            mac.AppendData(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(longest);
        mac.AppendData(rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        ArrayPool<byte>.Shared.Return(rented);
    }
}
