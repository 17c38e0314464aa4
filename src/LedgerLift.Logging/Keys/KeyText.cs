namespace LedgerLift.Logging;

/// <summary>The forms in which key names and patterns are compared.</summary>
internal static class KeyText
{
    /// <summary>The words with one space between: <c>userPassword</c> → <c>user password</c>.</summary>
    public static string Words(string key)
    {
        var name = KeyNameReader.Read(Shorten(key), stackalloc char[KeyName.BufferLength], stackalloc ushort[KeyName.MaxWords]);
        return name.Text.ToString();
    }

    /// <summary>Letters and digits alone, small: <c>user-Password</c> → <c>userpassword</c>.</summary>
    public static string Letters(string key) => Keep(key, static _ => false);

    /// <summary>Letters and digits alone, small.</summary>
    public static int Letters(ReadOnlySpan<char> key, Span<char> letters)
    {
        var length = 0;
        foreach (var character in key)
        {
            if (char.IsLetterOrDigit(character) && length < letters.Length)
                letters[length++] = char.ToLowerInvariant(character);
        }

        return length;
    }

    /// <summary>As <see cref="Letters(string)"/>, with <c>*</c> kept.</summary>
    public static string Glob(string key) => Keep(key, static character => character is '*');

    private static ReadOnlySpan<char> Shorten(string key) => key.AsSpan(0, Math.Min(key.Length, KeyName.MaxLength));

    private static string Keep(string key, Func<char, bool> also) =>
        string.Concat(key.Where(character => char.IsLetterOrDigit(character) || also(character)).Select(char.ToLowerInvariant));
}
