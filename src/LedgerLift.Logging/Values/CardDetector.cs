namespace LedgerLift.Logging;

/// <summary>Payment card numbers: joined, or in the groups that are printed on cards, divided by one kind of space or dash.</summary>
internal static class CardDetector
{
    private const int MaxGroups = 5;

    /// <summary>Adds every card number.</summary>
    public static void Find(ReadOnlySpan<char> text, ref MatchList matches)
    {
        var position = 0;
        while (text[position..].IndexOfAnyInRange('0', '9') is >= 0 and var next)
        {
            var start = position + next;
            if (text.Length - start < CardBrands.MinDigits)
                return;

            var end = GroupEnd(text, start);
            var length = end - start;
            var found =
                length >= CardBrands.MinDigits
                    ? IsCardAt(text, start, end)
                        ? end
                        : 0
                    : length == 4
                        ? GroupedEnd(text, start)
                        : 0;
            if (found > 0)
                matches.Add(start, found, RedactionKind.Card);

            position = Math.Max(end, found);
        }
    }

    private static int GroupEnd(ReadOnlySpan<char> text, int start)
    {
        var length = text[start..].IndexOfAnyExceptInRange('0', '9');
        return length < 0 ? text.Length : start + length;
    }

    // 4-4-4-4 and 4-4-4-4-3, 4-4-4-1 for old ones, 4-6-5 and 4-6-4. The longest that is a card counts.
    private static int GroupedEnd(ReadOnlySpan<char> text, int start)
    {
        Span<char> digits = stackalloc char[CardBrands.MaxDigits + 6];
        text.Slice(start, 4).CopyTo(digits);
        var (end, count, found) = (start + 4, 4, 0);
        for (var group = 1; group < MaxGroups && IsDivider(text, end, start + 4); group++)
        {
            var groupEnd = GroupEnd(text, end + 1);
            var length = groupEnd - end - 1;
            if (length is 0 or > 6 || count + length > digits.Length)
                break;

            text.Slice(end + 1, length).CopyTo(digits[count..]);
            count += length;
            end = groupEnd;
            if (IsWhole(text, start, end) && CardBrands.IsCard(digits[..count]))
                found = end;

            if (length != 4 && !(group == 1 && length == 6))
                break;
        }

        return found;
    }

    private static bool IsDivider(ReadOnlySpan<char> text, int at, int first) =>
        at < text.Length && text[at] is ' ' or '-' or '\u00A0' && text[at] == text[first];

    private static bool IsCardAt(ReadOnlySpan<char> text, int start, int end) =>
        IsWhole(text, start, end) && CardBrands.IsCard(text[start..end]);

    // Part of a word or of a decimal number: not a card number.
    private static bool IsWhole(ReadOnlySpan<char> text, int start, int end) =>
        (start == 0 || !(char.IsLetter(text[start - 1]) || IsPoint(text, start - 1)))
        && (end == text.Length || !(char.IsLetter(text[end]) || IsPoint(text, end)));

    private static bool IsPoint(ReadOnlySpan<char> text, int at) =>
        text[at] == '.' && at > 0 && char.IsAsciiDigit(text[at - 1]) && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]);
}
