namespace LedgerLift.Logging;

/// <summary>Tells whether a text could be JSON.</summary>
internal static class JsonText
{
    /// <summary>Whether it begins and ends as an object or a list does.</summary>
    public static bool IsLikely(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return text is ['{', .., '}'] or ['[', .., ']'];
    }
}
