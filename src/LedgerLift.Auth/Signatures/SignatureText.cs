using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace LedgerLift.Auth;

/// <summary>Reads the texts of the signature headers.</summary>
internal static class SignatureText
{
    /// <summary>The digits of a timestamp between the years 2001 and 2286.</summary>
    internal const int TimestampDigits = 10;

    /// <summary>
    /// Exactly ten ASCII digits. With any other number of digits accepted, the digits could be moved between timestamp and body where nothing stands
    /// between them: "1700000000" + "5{}" are the same bytes as "17000000005" + "{}".
    /// </summary>
    internal static bool TryReadTimestamp(string text, out DateTimeOffset timestamp)
    {
        timestamp = default;
        if (text.Length != TimestampDigits || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return false;
        timestamp = DateTimeOffset.FromUnixTimeSeconds(long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));
        return true;
    }

    internal static string WriteTimestamp(DateTimeOffset now) => now.ToUnixTimeSeconds().ToString("D10", CultureInfo.InvariantCulture);

    /// <summary>Exactly 64 hex digits, in either case.</summary>
    internal static bool TryReadHex(ReadOnlySpan<char> text, out Mac mac)
    {
        mac = default;
        return text.Length == 2 * Mac.Length && Convert.FromHexString(text, mac, out _, out _) is OperationStatus.Done;
    }

    /// <summary>Exactly 32 bytes in base64 with padding.</summary>
    internal static bool TryReadBase64(ReadOnlySpan<char> text, out Mac mac)
    {
        mac = default;
        Span<byte> utf8 = stackalloc byte[Base64.GetMaxEncodedToUtf8Length(Mac.Length)];
        return text.Length == utf8.Length
            && Encoding.ASCII.TryGetBytes(text, utf8, out var length)
            && Base64.DecodeFromUtf8(utf8[..length], mac, out _, out var written) is OperationStatus.Done
            && written == Mac.Length;
    }
}
