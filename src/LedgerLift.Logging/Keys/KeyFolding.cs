using System.Globalization;
using System.Text;

namespace LedgerLift.Logging;

/// <summary>Brings a key name with other than ASCII characters to the letters it shows: full width, accents, invisible characters.</summary>
internal static class KeyFolding
{
    private const char FullWidthFirst = '\uFF01';
    private const char FullWidthLast = '\uFF5E';
    private const int FullWidthOffset = FullWidthFirst - '!';

    /// <summary>The folded characters; as many as fit.</summary>
    public static int Fold(ReadOnlySpan<char> key, Span<char> folded)
    {
        Span<char> decomposed = stackalloc char[KeyName.MaxLength * 4];
        var source = Decompose(key, decomposed);
        var length = 0;
        foreach (var character in source)
        {
            if (length == folded.Length)
                break;

            if (!IsInvisible(character))
                folded[length++] = Narrow(character);
        }

        return length;
    }

    // Lone surrogates and a runtime without normalisation data: the characters as they are, full width still narrowed.
    private static ReadOnlySpan<char> Decompose(ReadOnlySpan<char> key, Span<char> buffer)
    {
        try
        {
            return key.TryNormalize(buffer, out var written, NormalizationForm.FormKD) ? buffer[..written] : key;
        }
        catch (Exception exception) when (exception is ArgumentException or PlatformNotSupportedException)
        {
            return key;
        }
    }

    private static bool IsInvisible(char character) =>
        !char.IsAscii(character)
        && CharUnicodeInfo.GetUnicodeCategory(character)
            is UnicodeCategory.Format
                or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Control;

    private static char Narrow(char character) =>
        character is >= FullWidthFirst and <= FullWidthLast ? (char)(character - FullWidthOffset) : character;
}
