using System.Buffers;
using System.Text;

namespace LedgerLift.Logging;

/// <summary>What follows <c>Bearer</c> and <c>Basic</c> in a text, wherever the header's name stands.</summary>
internal static class AuthorizationDetector
{
    private const int MinToken = 8;
    private const int LetterToken = 32;
    private const int MaxBasic = 1024;

    private const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> s_token = SearchValues.Create(LettersAndDigits + "-._~+/=");
    private static readonly SearchValues<char> s_base64 = SearchValues.Create(LettersAndDigits + "+/=");

    /// <summary>Adds every token and every pair of user and password.</summary>
    public static void Find(ReadOnlySpan<char> text, ref MatchList matches)
    {
        Find(text, "bearer ", ref matches);
        Find(text, "basic ", ref matches);
    }

    private static void Find(ReadOnlySpan<char> text, ReadOnlySpan<char> scheme, ref MatchList matches)
    {
        var from = 0;
        while (text[from..].IndexOf(scheme, StringComparison.OrdinalIgnoreCase) is >= 0 and var found)
        {
            var at = from + found;
            var start = at + scheme.Length;
            var isBasic = scheme is "basic ";
            var end = TokenEnd(text, start, isBasic ? s_base64 : s_token);
            var token = text[start..end];
            var isWord = at > 0 && char.IsLetterOrDigit(text[at - 1]);
            if (!isWord && (isBasic ? IsUserAndPassword(token) : IsToken(token)))
                matches.Add(start, end, RedactionKind.Authorization);

            from = Math.Max(start, end);
        }
    }

    private static int TokenEnd(ReadOnlySpan<char> text, int start, SearchValues<char> characters)
    {
        var length = text[start..].IndexOfAnyExcept(characters);
        var end = length < 0 ? text.Length : start + length;

        // The end of a sentence is not the token's.
        while (end > start && text[end - 1] == '.')
            end--;

        return end;
    }

    // Words that follow in a sentence have no digits and end soon: "bearer authentication".
    private static bool IsToken(ReadOnlySpan<char> token) =>
        token.Length >= MinToken && (token.ContainsAnyInRange('0', '9') || token.Length >= LetterToken);

    private static bool IsUserAndPassword(ReadOnlySpan<char> token)
    {
        if (token.Length is < 4 or > MaxBasic)
            return token.Length > MaxBasic;

        Span<byte> bytes = stackalloc byte[MaxBasic];
        Span<char> padded = stackalloc char[MaxBasic + 4];
        token.CopyTo(padded);
        var length = token.Length;
        while (length % 4 != 0)
            padded[length++] = '=';

        return Convert.TryFromBase64Chars(padded[..length], bytes, out var count) && IsPair(bytes[..count]);
    }

    // User and password are text with a colon between; most words of a language decode to something else.
    private static bool IsPair(ReadOnlySpan<byte> pair) =>
        pair.Contains((byte)':')
        && pair.IndexOfAnyInRange((byte)0, (byte)31) < 0
        && Rune.DecodeFromUtf8(pair, out _, out _) == OperationStatus.Done;
}
