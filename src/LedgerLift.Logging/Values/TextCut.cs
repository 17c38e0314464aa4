namespace LedgerLift.Logging;

/// <summary>Where a text that is too long to be searched whole is cut, so that no half of a secret stays behind.</summary>
internal static class TextCut
{
    // An e-mail address has at most 320 characters; what is cut inside a longer word was found by its beginning.
    private const int LongestWord = 320;
    private const int LongestNumber = 40;

    /// <summary>How many characters stay: a word that the cut would divide goes, and a number in groups before it.</summary>
    public static int KeptLength(ReadOnlySpan<char> text, int length)
    {
        var word = text[..length].LastIndexOfAny(" \t\r\n") + 1;
        var kept = length - word <= LongestWord ? word : length - LongestWord;
        var number = kept;
        while (number > 0 && kept - number < LongestNumber && (char.IsAsciiDigit(text[number - 1]) || text[number - 1] is ' ' or '-'))
            number--;

        return number > 0 && char.IsHighSurrogate(text[number - 1]) ? number - 1 : number;
    }
}
