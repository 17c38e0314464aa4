using System.Collections.Frozen;

namespace LedgerLift.Logging;

/// <summary>Tells a value from a word of a sentence and from a piece of source code.</summary>
internal static class Wording
{
    // What stands in the place of a value in code and in descriptions of types.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_literals = Words(
        "null true false undefined none nil default void new await this base typeof nameof string str bool boolean int integer long number object any byte char "
            + "empty required optional missing invalid unknown n/a var let const return if else yes no"
    );

    // Words that a sentence goes on with behind a colon.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_prose = Words(
        "a an the this that these those it its he she they we you i is are was were be been being has have had do does did can could may might must shall "
            + "should will would not no if when while where which who whose what why how then than as at by for from in into of off on onto or and but nor "
            + "so to too up down with without within about after before between both each every all any some such only own same other another there "
            + "here once again also just more most much many few less least very see use used uses using set sets get gets gives given returns return "
            + "specifies specify represents represent indicates indicate contains contain provides provide defines define creates create invalid incorrect "
            + "required optional expired missing failed unable please enter your our their his her my new old user client server value values name type "
            + "example default none null true false optionally currently must let lets make makes wrong bad could couldn't can't cannot isn't wasn't doesn't"
    );

    /// <summary>Whether what stands bare behind a sign is a value to hide.</summary>
    /// <param name="value">What stands there.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="end">Where the value ends in it.</param>
    /// <param name="sign">The sign.</param>
    public static bool IsSecret(ReadOnlySpan<char> value, ReadOnlySpan<char> text, int end, char sign)
    {
        if (value.IsEmpty || IsMask(value) || IsIn(s_literals, value))
            return false;

        // A call, and a generic or indexed name before one: token = GetToken().
        if (end < text.Length && text[end] == '(' || value.Contains('('))
            return false;

        return sign == '=' || !IsProse(text[(end - value.Length)..]);
    }

    /// <summary>Whether a text begins as a sentence does.</summary>
    public static bool IsProse(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAny(" \r\n\t");
        return length > 0 && IsIn(s_prose, text[..length].TrimEnd(',')) && length + 1 < text.Length && char.IsLetter(text[length + 1]);
    }

    // ****, xxxx, ....
    private static bool IsMask(ReadOnlySpan<char> value) =>
        value[0] is '*' or 'x' or 'X' or '.' or '-' && value.IndexOfAnyExcept(value[0]) < 0;

    private static bool IsIn(FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> words, ReadOnlySpan<char> word) => words.Contains(word);

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words(string words) =>
        words
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
}
