using System.Buffers;
using System.Collections.Frozen;

namespace LedgerLift.Logging;

/// <summary>Tells a value from a word of a sentence and from a piece of source code.</summary>
internal static class Wording
{
    // What stands in the place of a value in code and data.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_literals = Words(
        "null true false undefined none nil default new await void empty"
    );

    // What stands behind a colon in the description of a type, a setting or a fault.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_descriptions = Words(
        "this base typeof nameof string str bool boolean int integer long number object any byte char required optional missing invalid unknown n/a read write "
            + "inherit enabled disabled"
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

    private static readonly string[] s_chosen = ["password", "passwd", "pwd", "pass", "passphrase", "passcode", "secret"];

    private static readonly SearchValues<char> s_letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-'");
    private static readonly SearchValues<char> s_digitsAndDots = SearchValues.Create("0123456789.");
    private static readonly SearchValues<char> s_notInNames = SearchValues.Create("._0123456789");

    private static readonly SearchValues<char> s_path = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.");

    /// <summary>Whether what stands bare behind a sign is a value to hide.</summary>
    /// <param name="key">The name before the sign.</param>
    /// <param name="value">What stands behind it.</param>
    /// <param name="text">The whole text; the value is a part of it.</param>
    /// <param name="sign">Where the sign stands.</param>
    public static bool IsSecret(ReadOnlySpan<char> key, ReadOnlySpan<char> value, ReadOnlySpan<char> text, int sign)
    {
        if (value.IsEmpty || IsMask(value) || IsIn(s_literals, value) || !Fits(key, value))
            return false;

        text.Overlaps(value, out var start);
        var end = start + value.Length;

        // A call: token = GetToken().
        if ((end < text.Length && text[end] == '(') || value.Contains('('))
            return false;

        if (text[sign] == '=')
            return !IsCode(value, text, sign) && !NamesKey(key, value) && !(IsSpaced(text, sign) && IsIn(s_descriptions, value));

        return !IsIn(s_descriptions, value)
            && !IsProse(text[start..])
            && !IsVersion(value)
            && !(IsWordAmongWords(value, text[end..]) && !NamesSecret(key));
    }

    // An address has digits, a person's name has no dots, a cookie header is a pair; 0x2700072C and 1 are numbers of something.
    private static bool Fits(ReadOnlySpan<char> key, ReadOnlySpan<char> value)
    {
        if (key.EndsWith("ip", StringComparison.OrdinalIgnoreCase) || key.EndsWith("addr", StringComparison.OrdinalIgnoreCase))
            return value.IndexOfAnyInRange('0', '9') >= 0;

        if (key.EndsWith("name", StringComparison.OrdinalIgnoreCase))
            return !value.ContainsAny(s_notInNames);

        if (key.EndsWith("cookie", StringComparison.OrdinalIgnoreCase))
            return value.Contains('=') || value.ContainsAnyInRange('0', '9');

        return !(value.Length <= 2 && value.IndexOfAnyExceptInRange('0', '9') < 0)
            && !(value.Length <= 10 && value.StartsWith("0x", StringComparison.OrdinalIgnoreCase));
    }

    // "Auth: update the package": words go on behind the first.
    private static bool IsWordAmongWords(ReadOnlySpan<char> value, ReadOnlySpan<char> rest) =>
        value.IndexOfAnyExcept(s_letters) < 0 && rest is [' ', var next, ..] && char.IsLetterOrDigit(next);

    // What people choose may be a word: "password: hunter was refused".
    private static bool NamesSecret(ReadOnlySpan<char> key)
    {
        foreach (var ending in s_chosen)
        {
            if (key.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    // PrivateKey = knownPrivateKey: letters that end in the key's own name are a variable. Nobody chooses a key, as people choose passwords, so none looks so.
    private static bool NamesKey(ReadOnlySpan<char> key, ReadOnlySpan<char> value) =>
        key.EndsWith("key", StringComparison.OrdinalIgnoreCase)
        && value.EndsWith(key, StringComparison.OrdinalIgnoreCase)
        && value.IndexOfAnyExcept(s_letters) < 0;

    // 8.15.0
    private static bool IsVersion(ReadOnlySpan<char> value) => value.Contains('.') && value.IndexOfAnyExcept(s_digitsAndDots) < 0;

    private static bool IsSpaced(ReadOnlySpan<char> text, int sign) => sign > 0 && text[sign - 1] == ' ';

    // token = source.Token: a path of names with blanks around the sign.
    private static bool IsCode(ReadOnlySpan<char> value, ReadOnlySpan<char> text, int sign) =>
        IsSpaced(text, sign)
        && value.LastIndexOf('.') is > 0 and var dot
        && dot + 1 < value.Length
        && char.IsAsciiLetterUpper(value[dot + 1])
        && value.TrimEnd(")]}").IndexOfAnyExcept(s_path) < 0;

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
