using System.Buffers;
using System.Globalization;

namespace LedgerLift.Logging;

/// <summary>Writes text so that it stays in its line and changes nothing around it.</summary>
internal static class LineEscape
{
    // Most text is printable ASCII and goes through in one piece.
    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"
    );

    /// <summary>Writes the text with <c>\n</c>, <c>\r</c>, <c>\t</c> and <c>\uXXXX</c> for control and format characters, separators and lone surrogates.</summary>
    public static void Write(TextWriter writer, ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyExcept(s_plain) is >= 0 and var special)
        {
            writer.Write(text[..special]);
            text = text[special..];
            var length = char.IsHighSurrogate(text[0]) && text.Length > 1 && char.IsLowSurrogate(text[1]) ? 2 : 1;
            WriteSpecial(writer, text[..length]);
            text = text[length..];
        }

        writer.Write(text);
    }

    private static void WriteSpecial(TextWriter writer, ReadOnlySpan<char> character)
    {
        switch (character[0])
        {
            case '\n':
                writer.Write(@"\n");
                break;
            case '\r':
                writer.Write(@"\r");
                break;
            case '\t':
                writer.Write(@"\t");
                break;
            case '\\':
                writer.Write(@"\\");
                break;
            default:
                WriteRare(writer, character);
                break;
        }
    }

    private static void WriteRare(TextWriter writer, ReadOnlySpan<char> character)
    {
        var category =
            character.Length == 2
                ? CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(character[0], character[1]))
                : char.GetUnicodeCategory(character[0]);
        var isShown =
            category
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
            );
        if (isShown)
        {
            writer.Write(character);
            return;
        }

        foreach (var unit in character)
        {
            writer.Write(@"\u");
            writer.Write(((int)unit).ToString("x4", CultureInfo.InvariantCulture));
        }
    }
}
