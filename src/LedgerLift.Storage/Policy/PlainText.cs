using System.Buffers;
using System.Text;

namespace LedgerLift.Storage;

/// <summary>
/// Tells text from anything else: UTF-8, UTF-16 with its mark, or one byte a letter, without control characters but tab and the ends of lines, and not the
/// beginning of a page, a script or another document that is written in letters too.
/// </summary>
internal static class PlainText
{
    private static readonly SearchValues<byte> Controls = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(static code => (byte)code).Except("\t\r\n"u8.ToArray()),
        0x7F,
    ]);

    internal static bool IsText(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return IsUtf16(head[2..], bigEndian: head[0] == 0xFE);
        if (head.StartsWith("\uFEFF"u8))
            head = head[3..];
        return !head.ContainsAny(Controls) && !IsOtherDocument(head);
    }

    private static bool IsUtf16(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        if (bytes.Length < 2)
            return false;
        // A head may end inside a pair of surrogates; a replacement stands there and is no control.
        var text = (bigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes[..(bytes.Length & ~1)]);
        return !text.Any(static letter =>
                (char.IsControl(letter) && letter is not ('\t' or '\r' or '\n')) || letter is '\uFFFE' or '\uFFFF'
            ) && !IsOtherDocument(Encoding.UTF8.GetBytes(text));
    }

    private static bool IsOtherDocument(ReadOnlySpan<byte> head)
    {
        head = head.TrimStart(" \t\r\n"u8);
        return head.IsEmpty
            || head[0] == (byte)'<'
            || head.StartsWith("%PDF-"u8)
            || head.StartsWith("%!PS"u8)
            || head.StartsWith("{\\rtf"u8)
            || head.StartsWith("#!"u8);
    }
}
