namespace LedgerLift.Auditing;

/// <summary>Patterns in which an asterisk stands for any number of characters and all else for itself.</summary>
internal static class Wildcard
{
    /// <summary>Whether a text matches, in a time of at most pattern × text.</summary>
    internal static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (p, t) = (0, 0);
        // Where to go on when what follows the last asterisk does not match: the asterisk takes one character more.
        var (afterAsterisk, taken) = (-1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                p++;
                (afterAsterisk, taken) = (p, t);
            }
            else if (p < pattern.Length && pattern[p] == text[t])
            {
                (p, t) = (p + 1, t + 1);
            }
            else if (afterAsterisk >= 0)
            {
                taken++;
                (p, t) = (afterAsterisk, taken);
            }
            else
            {
                return false;
            }
        }

        return !pattern[p..].ContainsAnyExcept('*');
    }
}
