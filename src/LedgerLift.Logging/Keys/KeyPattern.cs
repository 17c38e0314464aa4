using System.Text.RegularExpressions;

namespace LedgerLift.Logging;

/// <summary>One rule of the host for key names, read from its text: <c>kind:text</c>, or the text alone.</summary>
internal sealed class KeyPattern
{
    private const char Separator = ':';
    private static readonly TimeSpan s_regexTimeout = TimeSpan.FromMilliseconds(100);

    private readonly string _text;
    private readonly string[] _elements;
    private readonly Regex? _regex;

    private KeyPattern(KeyPatternKind kind, string text)
    {
        Kind = kind;
        _text = kind is KeyPatternKind.Segment ? KeyText.Words(text) : KeyText.Letters(text);
        _elements = kind is KeyPatternKind.Path ? [.. text.Split('.').Select(KeyText.Glob)] : [];
        _regex =
            kind is KeyPatternKind.Regex
                ? new Regex(text, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, s_regexTimeout)
                : null;
    }

    /// <summary>How it is compared.</summary>
    public KeyPatternKind Kind { get; }

    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">The text; a leading <c>segment:</c>, <c>contains:</c>, <c>exact:</c>, <c>path:</c> or <c>regex:</c> names the kind.</param>
    /// <param name="usual">The kind when the text names none; a dot or a star makes it a path.</param>
    /// <param name="result">The pattern, or null.</param>
    /// <param name="fault">What is wrong with it, or null.</param>
    public static bool TryParse(string? pattern, KeyPatternKind usual, out KeyPattern? result, out string? fault)
    {
        result = null;
        if (string.IsNullOrWhiteSpace(pattern))
        {
            fault = "is blank";
            return false;
        }

        var (kind, text) = SplitKind(pattern.Trim(), usual);
        try
        {
            result = new KeyPattern(kind, text);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            fault = $"is no regular expression that can be matched in linear time: {exception.Message}";
            return false;
        }

        if (kind is not KeyPatternKind.Regex && !text.Any(char.IsLetterOrDigit) && !text.Contains('*', StringComparison.Ordinal))
        {
            fault = "has no letter or digit";
            result = null;
            return false;
        }

        fault = null;
        return true;
    }

    /// <summary>Whether the key, or the path to it, matches.</summary>
    /// <param name="key">The key as it was written.</param>
    /// <param name="words">Its words with one space between.</param>
    /// <param name="letters">Its letters without anything between.</param>
    /// <param name="parent">The path to the object that holds the key, or null.</param>
    public bool Matches(ReadOnlySpan<char> key, ReadOnlySpan<char> words, ReadOnlySpan<char> letters, KeyPath? parent) =>
        Kind switch
        {
            KeyPatternKind.Segment => HasWords(words),
            KeyPatternKind.Contains => letters.Contains(_text, StringComparison.Ordinal),
            KeyPatternKind.Exact => letters.SequenceEqual(_text),
            KeyPatternKind.Path => PathGlob.Matches(_elements, key, parent),
            _ => MatchesRegex(key),
        };

    private static (KeyPatternKind Kind, string Text) SplitKind(string pattern, KeyPatternKind usual)
    {
        var end = pattern.IndexOf(Separator, StringComparison.Ordinal);
        if (end > 0 && Enum.TryParse<KeyPatternKind>(pattern.AsSpan(0, end), ignoreCase: true, out var kind) && char.IsLetter(pattern[0]))
            return (kind, pattern[(end + 1)..].Trim());

        return (pattern.AsSpan().ContainsAny('.', '*') ? KeyPatternKind.Path : usual, pattern);
    }

    private bool HasWords(ReadOnlySpan<char> words)
    {
        var start = 0;
        while (words[start..].IndexOf(_text, StringComparison.Ordinal) is >= 0 and var found)
        {
            start += found;
            var end = start + _text.Length;
            if ((start == 0 || words[start - 1] == ' ') && (end == words.Length || words[end] == ' '))
                return true;

            start++;
        }

        return false;
    }

    // A match that takes too long is taken for one: the value stays hidden.
    private bool MatchesRegex(ReadOnlySpan<char> key)
    {
        try
        {
            return _regex!.IsMatch(key);
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }
}
