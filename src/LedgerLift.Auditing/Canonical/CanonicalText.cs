using System.Buffers;
using System.Text;

namespace LedgerLift.Auditing;

/// <summary>Strings as RFC 8785, section 3.2.2.2, writes them: escaped only where JSON requires it, in the shortest form.</summary>
internal static class CanonicalText
{
    private static readonly SearchValues<char> ToEscape = SearchValues.Create([
        '"',
        '\\',
        .. Enumerable.Range(0, 0x20).Select(static unit => (char)unit),
    ]);

    internal static void WriteAscii(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }

    /// <summary>Writes well-formed text in quotes.</summary>
    internal static void Write(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        WriteAscii(output, "\""u8);
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAny(ToEscape);
            var length = plain < 0 ? text.Length : plain;
            var written = Encoding.UTF8.GetBytes(text[..length], output.GetSpan(Encoding.UTF8.GetMaxByteCount(length)));
            output.Advance(written);
            text = text[length..];
            if (text.IsEmpty)
                break;
            Escape(output, text[0]);
            text = text[1..];
        }

        WriteAscii(output, "\""u8);
    }

    private static void Escape(IBufferWriter<byte> output, char unit)
    {
        var letter = unit switch
        {
            '"' => (byte)'"',
            '\\' => (byte)'\\',
            '\b' => (byte)'b',
            '\t' => (byte)'t',
            '\n' => (byte)'n',
            '\f' => (byte)'f',
            '\r' => (byte)'r',
            _ => (byte)0,
        };
        if (letter != 0)
        {
            WriteAscii(output, [(byte)'\\', letter]);
            return;
        }

        WriteAscii(output, "\\u00"u8);
        WriteAscii(output, [Hex(unit >> 4), Hex(unit & 15)]);
    }

    private static byte Hex(int digit) => (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);
}
