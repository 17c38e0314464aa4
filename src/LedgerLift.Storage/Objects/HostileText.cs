using System.Globalization;
using System.Text;

namespace LedgerLift.Storage;

/// <summary>What names are searched for before they are trusted. Pure.</summary>
internal static class HostileText
{
    private const int MaxUnfoldings = 8;

    internal static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) != System.Buffers.OperationStatus.Done)
                return false;
            text = text[length..];
        }

        return true;
    }

    /// <summary>C0, DEL, C1, and the separators of lines and paragraphs, which break logs and headers just as well.</summary>
    internal static bool HasControl(string text) => text.Any(static letter => char.IsControl(letter) || letter is '\u2028' or '\u2029');

    /// <summary>Marks that change the order in which letters are shown (Unicode Standard Annex 9): <c>gpj.exe</c> shown as <c>exe.jpg</c>.</summary>
    internal static bool HasDirectionMark(string text) =>
        text.Any(static letter =>
            letter is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')
        );

    /// <summary>Characters that show nothing: two names that look the same and are not. Joiners within a word are part of some scripts and stay.</summary>
    internal static bool HasInvisible(string text) =>
        text.EnumerateRunes()
            .Any(static rune =>
                rune.Value is 0x200B or 0x2060 or 0xFEFF or 0x00AD or 0x180E or (>= 0xE0000 and <= 0xE007F) || IsNoCharacter(rune)
            );

    /// <summary>
    /// The text and everything it becomes when somebody decodes percent signs or folds compatibility forms (full-width letters), again and again until nothing
    /// changes. A text that is still changing after eight rounds ends with a dot segment, and so is refused.
    /// </summary>
    internal static IEnumerable<string> Unfold(string text)
    {
        yield return text;
        for (var round = 0; round < MaxUnfoldings; round++)
        {
            var next = Fold(text);
            if (string.Equals(next, text, StringComparison.Ordinal))
                yield break;
            yield return text = next;
        }

        yield return "..";
    }

    private static bool IsNoCharacter(Rune rune) =>
        (rune.Value & 0xFFFE) == 0xFFFE
        || rune.Value is >= 0xFDD0 and <= 0xFDEF
        || Rune.GetUnicodeCategory(rune) == UnicodeCategory.PrivateUse;

    private static string Fold(string text)
    {
        var decoded = text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
        if (Ascii.IsValid(decoded) || !IsWellFormed(decoded))
            return decoded;
        return LookAlikes.Replace(decoded).Normalize(NormalizationForm.FormKC);
    }
}
