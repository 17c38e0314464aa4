using System.Buffers;

namespace LedgerLift.Logging;

/// <summary>Keys and tokens that their vendors mark with a prefix, as the vendors' documentation describes them.</summary>
internal static class CloudKeyDetector
{
    private const string AwsLongTerm = "AKIA";
    private const string AwsTemporary = "ASIA";
    private const int AwsLength = 16;
    private const string Npm = "npm_";
    private const string SendGrid = "SG.";

    // Prefix, then how many letters, digits, dashes, underscores or dots must follow at least.
    private static readonly (string Prefix, int Length)[] s_forms =
    [
        (AwsLongTerm, AwsLength),
        (AwsTemporary, AwsLength),
        ("ghp_", 30),
        ("gho_", 30),
        ("ghu_", 30),
        ("ghs_", 30),
        ("ghr_", 30),
        ("github_pat_", 22),
        ("glpat-", 18),
        ("xoxb-", 10),
        ("xoxp-", 10),
        ("xoxa-", 10),
        ("xoxs-", 10),
        ("xapp-", 10),
        ("sk_live_", 10),
        ("rk_live_", 10),
        ("sk_test_", 10),
        ("rk_test_", 10),
        ("whsec_", 16),
        ("AIza", 35),
        ("ya29.", 20),
        (SendGrid, 40),
        (Npm, 30),
        ("dop_v1_", 40),
        ("hvs.", 24),
        ("sk-ant-", 20),
        ("sk-proj-", 20),
        ("pypi-", 50),
        ("shpat_", 30),
        ("glsa_", 30),
    ];

    private static readonly SearchValues<char> s_capitalsAndDigits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private static readonly SearchValues<string> s_prefixes = SearchValues.Create(
        [.. s_forms.Select(static form => form.Prefix)],
        StringComparison.Ordinal
    );

    /// <summary>The prefixes of three or more characters.</summary>
    public static IEnumerable<string> Prefixes => s_forms.Select(static form => form.Prefix);

    /// <summary>Adds every key.</summary>
    public static void Find(ReadOnlySpan<char> text, ref MatchList matches)
    {
        var from = 0;
        while (text[from..].IndexOfAny(s_prefixes) is >= 0 and var found)
        {
            var start = from + found;
            from = start + 1;
            if (start > 0 && char.IsAsciiLetterOrDigit(text[start - 1]))
                continue;

            foreach (var (prefix, length) in s_forms)
            {
                if (!text[start..].StartsWith(prefix, StringComparison.Ordinal))
                    continue;

                var end = End(text, start + prefix.Length);
                if (IsKey(text[start..end], prefix, length))
                {
                    matches.Add(start, end, RedactionKind.CloudKey);
                    from = end;
                }
            }
        }
    }

    // AWS ids have one length and one alphabet; some prefixes begin ordinary names, which have no digits.
    private static bool IsKey(ReadOnlySpan<char> key, string prefix, int length)
    {
        var rest = key[prefix.Length..];
        if (prefix is AwsLongTerm or AwsTemporary)
            return rest.Length == length && rest.IndexOfAnyExcept(s_capitalsAndDigits) < 0;

        return rest.Length >= length && (prefix is not (Npm or SendGrid) || rest.ContainsAnyInRange('0', '9'));
    }

    private static int End(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-' or '.'))
            end++;

        while (end > start && text[end - 1] is '.' or '-')
            end--;

        return end;
    }
}
