using System.Globalization;

namespace LedgerLift.Logging;

/// <summary>The name before an assignment's sign.</summary>
internal readonly ref struct AssignmentKey
{
    private const int MaxWords = 3;
    private const int MaxBlanks = 2;

    private static readonly string[] s_codeEndings =
    [
        "Controller",
        "Component",
        "Handler",
        "Service",
        "Exception",
        "Middleware",
        "Endpoint",
        "Event",
        "Factory",
        "Module",
        "Page",
        "Form",
        "View",
        "Tests",
        "Test",
        "Attribute",
        "Provider",
        "Builder",
        "Validator",
        "Extensions",
        ".cs",
        ".ts",
        ".tsx",
        ".js",
        ".py",
        ".go",
        ".rb",
        ".java",
        ".md",
    ];

    private readonly ReadOnlySpan<char> _text;
    private readonly int _start;
    private readonly int _end;

    private AssignmentKey(ReadOnlySpan<char> text, int start, int end)
    {
        _text = text;
        _start = start;
        _end = end;
    }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _end <= _start;

    /// <summary>The name.</summary>
    public ReadOnlySpan<char> Name => _text[_start.._end];

    /// <summary>Whether it is a parameter of a URL.</summary>
    public bool IsParameter => _start > 0 && _text[_start - 1] is '?' or '&' or '#';

    /// <summary>The name that ends before a sign, quotes and blanks between them left out.</summary>
    public static AssignmentKey Before(ReadOnlySpan<char> text, int sign)
    {
        var end = sign;
        for (var blanks = 0; blanks < MaxBlanks && end > 0 && text[end - 1] == ' '; blanks++)
            end--;

        if (end > 0 && text[end - 1] == ']')
            end--;

        if (end > 0 && text[end - 1] is '"' or '\'' or '`')
            end = text[..(end - 1)].TrimEnd('\\').Length;

        return new AssignmentKey(text, StartOf(text, end), end);
    }

    /// <summary>Whether a value under this name must not be shown. Up to three words are tried, as in <c>Account Key=</c>.</summary>
    public bool IsSensitive(KeyMatcher keys)
    {
        if (IsSensitive(keys, Name) || (IsParameter && UrlParameters.IsSensitive(Name)))
            return true;

        var start = _start;
        for (var words = 1; words < MaxWords && start > 1 && _text[start - 1] == ' '; words++)
        {
            var earlier = StartOf(_text, start - 1);
            if (earlier == start - 1 || _text[start - 2] == '.')
                return false;

            // "password policy: …" is about a password; the word before the sign must belong to it, as in "card number:" and "password is:".
            start = earlier;
            if (IsSensitive(keys, _text[start.._end]))
                return Name is "is" or "was" || !IsSensitive(keys, _text[start..(_start - 1)]);
        }

        return false;
    }

    /// <summary>Whether the name is one of source code or of a file, which a colon follows in a sentence about it.</summary>
    public bool IsOfCode()
    {
        foreach (var ending in s_codeEndings)
        {
            if (Name.EndsWith(ending, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>Whether a quote opens right before the name, so that the same quote behind the sign closes it.</summary>
    public bool IsQuotedWithSign(char quote) => _start > 0 && _text[_start - 1] == quote && _end < _text.Length && _text[_end] != quote;

    private static bool IsSensitive(KeyMatcher keys, ReadOnlySpan<char> name)
    {
        if (name.IndexOfAny('%', '\\') < 0)
            return keys.IsSensitive(name);

        Span<char> plain = stackalloc char[KeyName.MaxLength];
        return keys.IsSensitive(plain[..Unescape(name, plain)]);
    }

    // %70assword in a URL and \u0070assword in JSON are password.
    private static int Unescape(ReadOnlySpan<char> name, Span<char> plain)
    {
        var (length, i) = (0, 0);
        while (i < name.Length)
        {
            var read = ReadEscape(name[i..], out plain[length]);
            if (read == 0)
                plain[length] = name[i];

            length++;
            i += Math.Max(1, read);
        }

        return length;
    }

    private static int ReadEscape(ReadOnlySpan<char> name, out char character)
    {
        character = default;
        var prefix =
            name[0] == '%' ? 1
            : name is ['\\', 'u', ..] ? 2
            : 0;
        var length = prefix * 3;
        if (
            prefix == 0
            || name.Length < length
            || !ushort.TryParse(name[prefix..length], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
        )
        {
            return 0;
        }

        character = (char)code;
        return length;
    }

    private static int StartOf(ReadOnlySpan<char> text, int end)
    {
        var start = end;
        while (start > 0 && end - start < KeyName.MaxLength && IsPart(text[start - 1]))
            start--;

        return start;
    }

    private static bool IsPart(char character) =>
        char.IsLetterOrDigit(character)
        || character is '_' or '-' or '.' or '$' or '%' or '\\'
        || character is '\u200B' or '\u200C' or '\u200D' or '\u00AD';
}
