using System.Buffers;

namespace LedgerLift.Logging;

/// <summary>Finds in a text what must not be shown. Every look takes time linear in the text's length.</summary>
internal static class TextScanner
{
    // What an address, a URL, an assignment or an element needs.
    private static readonly SearchValues<char> s_marks = SearchValues.Create("@=:%<");

    /// <summary>Whether a text could hold anything at all: a quick look that most texts end with.</summary>
    public static bool NeedsLook(ReadOnlySpan<char> text) => HasMark(text) || KeyGate.IsOpen(text) || HasNumber(text);

    /// <summary>Adds everything found, in order, without overlaps.</summary>
    public static void Find(ReadOnlySpan<char> text, KeyMatcher keys, ReadOnlySpan<char> placeholder, ref MatchList matches)
    {
        if (HasMark(text))
        {
            UrlUserDetector.Find(text, ref matches);
            EmailDetector.Find(text, ref matches);
            AssignmentDetector.Find(text, keys, placeholder, ref matches);
            ElementDetector.Find(text, keys, placeholder, ref matches);
        }

        if (KeyGate.IsOpen(text))
        {
            JwtDetector.Find(text, ref matches);
            AuthorizationDetector.Find(text, ref matches);
            CloudKeyDetector.Find(text, ref matches);
            PemDetector.Find(text, ref matches);
        }

        if (HasNumber(text))
        {
            CardDetector.Find(text, ref matches);
            IbanDetector.Find(text, ref matches);
        }

        matches.Settle();
    }

    private static bool HasMark(ReadOnlySpan<char> text) => text.ContainsAny(s_marks);

    // Cards need 13 digits; IBANs have fewer only in theory, ten in fact.
    private static bool HasNumber(ReadOnlySpan<char> text)
    {
        if (text.Length < CardBrands.MinDigits)
            return false;

        var first = text.IndexOfAnyInRange('0', '9');
        return first >= 0 && text.Length - first >= 10 && CountDigits(text[first..]) >= 10;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var character in text)
            count += char.IsAsciiDigit(character) ? 1 : 0;

        return count;
    }
}
