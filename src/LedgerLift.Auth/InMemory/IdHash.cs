using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LedgerLift.Auth;

/// <summary>A hash of ids by secret random numbers that every process draws anew: two different ids share it with a chance of 2^-32, whoever chose them.</summary>
/// <remarks>Strongly universal, at half the cost of the runtime's hash: Lemire and Kaser, "Strongly Universal String Hashing is Fast", The Computer Journal 57 (2014), multilinear-HM.</remarks>
internal static class IdHash
{
    // Two characters a word; and the length and the odd character are words, too, which makes ids of different lengths different texts.
    private const int MaxWords = StoredToken.MaxIdBytes / 2;

    private static readonly ulong[] Keys = MemoryMarshal
        .Cast<byte, ulong>(RandomNumberGenerator.GetBytes((MaxWords + 4) * sizeof(ulong)))
        .ToArray();

    /// <summary>The hash of an id of at most <see cref="StoredToken.MaxIdBytes"/> characters; a longer one, which no token has, gets some number.</summary>
    internal static int Of(string id)
    {
        if (id.Length > StoredToken.MaxIdBytes)
            return 0;
        var words = MemoryMarshal.Cast<char, uint>(id.AsSpan());
        var odd = (id.Length & 1) == 0 ? 0u : id[^1];
        var sum = Keys[0] + ((Keys[1] + (uint)id.Length) * (Keys[2] + odd));
        // One key more than words: the last word of an odd number stands alone.
        var keys = Keys.AsSpan(3, words.Length + 1);
        var i = 0;
        for (; i + 1 < words.Length; i += 2)
            sum += (keys[i] + words[i]) * (keys[i + 1] + words[i + 1]);
        if (i < words.Length)
            sum += (keys[i] + words[i]) * keys[i + 1];
        return (int)(sum >> 32);
    }
}
