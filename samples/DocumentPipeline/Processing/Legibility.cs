using System.Globalization;
using System.Text;

namespace DocumentPipeline;

/// <summary>
/// How much of a text from a PDF can be trusted: the share of its characters that mean something. Fonts without a map to
/// Unicode give private-use or replacement characters, which is what a reader would see as boxes.
/// </summary>
internal static class Legibility
{
    /// <summary>0 (nothing legible) to 1 (everything); rounded to 3 places.</summary>
    public static double Of(string text)
    {
        var all = 0;
        var legible = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
                continue;
            all++;
            if (IsLegible(rune))
                legible++;
        }

        return all == 0 ? 0 : Math.Round((double)legible / all, 3);
    }

    private static bool IsLegible(Rune rune) =>
        rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune)
            is not (UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);
}
