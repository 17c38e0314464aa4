namespace LedgerLift.Logging;

/// <summary>Takes a joined lower-case name apart into words of <see cref="KeyWords"/>: <c>clientsecret</c>, <c>dbpassword</c>.</summary>
internal static class JoinedWords
{
    /// <summary>Longer runs of letters are not taken apart.</summary>
    public const int MaxLength = 40;

    private const int LongestWord = 31;
    private const byte Unreached = byte.MaxValue;

    /// <summary>The lengths of the fewest words that cover the whole; 0 when no words do.</summary>
    public static int TakeApart(ReadOnlySpan<char> joined, Span<byte> lengths)
    {
        if (joined.Length is < 4 or > MaxLength)
            return 0;

        // fewest[i]: how many words cover the first i letters; last[i]: the length of the last of them.
        Span<byte> fewest = stackalloc byte[joined.Length + 1];
        Span<byte> last = stackalloc byte[joined.Length + 1];
        fewest.Fill(Unreached);
        fewest[0] = 0;
        for (var start = 0; start < joined.Length - 1; start++)
        {
            if (fewest[start] != Unreached)
                Reach(joined, start, fewest, last);
        }

        return fewest[joined.Length] == Unreached ? 0 : Trace(joined.Length, fewest, last, lengths);
    }

    // The ends of all words that begin here.
    private static void Reach(ReadOnlySpan<char> joined, int start, Span<byte> fewest, Span<byte> last)
    {
        var candidates = KeyWords.Lengths(joined[start..]);
        for (var length = 2; length <= Math.Min(joined.Length - start, LongestWord); length++)
        {
            if ((candidates & (1u << length)) == 0)
                continue;

            var end = start + length;
            if (fewest[start] + 1 >= fewest[end] || !KeyWords.TryGet(joined.Slice(start, length), out _))
                continue;

            fewest[end] = (byte)(fewest[start] + 1);
            last[end] = (byte)length;
        }
    }

    private static int Trace(int end, ReadOnlySpan<byte> fewest, ReadOnlySpan<byte> last, Span<byte> lengths)
    {
        var count = fewest[end];
        for (var index = count - 1; index >= 0; index--)
        {
            lengths[index] = last[end];
            end -= last[end];
        }

        return count;
    }
}
