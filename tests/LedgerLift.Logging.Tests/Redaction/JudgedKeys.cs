namespace LedgerLift.Logging.Tests;

/// <summary>The lists of judged key names; Judged/README.md says how they were made.</summary>
internal static class JudgedKeys
{
    public static IReadOnlyList<string> Sensitive { get; } = Read("sensitive-keys");

    public static IReadOnlyList<string> Harmless { get; } = Read("harmless-keys");

    public static IReadOnlyList<string> MaskedByPolicy { get; } = Read("masked-by-policy-keys");

    /// <summary>Letters and digits alone, small: the form in which an entry would equal a rule.</summary>
    public static string Letters(string key) => string.Concat(key.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant));

    private static List<string> Read(string name)
    {
        using var stream = typeof(JudgedKeys).Assembly.GetManifestResourceStream($"Judged.{name}")!;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        return
        [
            .. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Where(static line => !line.StartsWith('#')),
        ];
    }
}
