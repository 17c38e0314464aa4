namespace LedgerLift.Logging;

/// <summary>Headers and phrases whose value goes on to the end of the line.</summary>
internal static class WholeLines
{
    private static readonly string[] s_schemes =
    [
        "Bearer ",
        "Basic ",
        "Digest ",
        "Negotiate ",
        "NTLM ",
        "ApiKey ",
        "Token ",
        "AWS4-HMAC-SHA256 ",
        "Hawk ",
        "OAuth ",
        "SharedKey ",
        "SharedAccessSignature ",
        "DPoP ",
        "HMAC",
    ];

    /// <summary>Whether the value is one of several words.</summary>
    public static bool Contains(ReadOnlySpan<char> key, ReadOnlySpan<char> text, int start)
    {
        var value = text[start..];
        if (key.EndsWith("cookie", StringComparison.OrdinalIgnoreCase))
            return IsPairFirst(value);

        if (key.EndsWith("phrase", StringComparison.OrdinalIgnoreCase) || key.EndsWith("mnemonic", StringComparison.OrdinalIgnoreCase))
            return !Wording.IsProse(value);

        foreach (var scheme in s_schemes)
        {
            if (value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                return key.Contains("auth", StringComparison.OrdinalIgnoreCase);
        }

        return false;
    }

    // name=value comes first in a cookie header, not a word of a sentence.
    private static bool IsPairFirst(ReadOnlySpan<char> value)
    {
        var end = value.IndexOfAny(" ;\r\n");
        return (end < 0 ? value : value[..end]).Contains('=');
    }
}
