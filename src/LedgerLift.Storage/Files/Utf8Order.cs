namespace LedgerLift.Storage;

/// <summary>
/// The order of texts by their UTF-8 bytes, which is that of S3's listings. It differs from the order of UTF-16 only where a surrogate meets a letter from U+E000 on.
/// </summary>
internal static class Utf8Order
{
    internal static int Compare(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
            return left.Length - right.Length;
        return Rank(left[same]) - Rank(right[same]);
    }

    /// <summary>Surrogates stand for code points above all others.</summary>
    private static int Rank(char letter) => char.IsSurrogate(letter) ? letter + 0x10000 : letter;
}
