using System.Text;
using System.Text.RegularExpressions;

namespace LedgerLift.Data;

/// <summary>Makes a plan fit to be shown: the literals of its conditions become <c>?</c>, and it ends after 4 KiB. Pure.</summary>
internal static partial class PlanText
{
    internal const int LongestText = 4096;

    internal static string Mask(string plan)
    {
        var masked = new StringBuilder();
        // Strings first, and in the whole text: one may hold a line end.
        foreach (var line in WithoutStrings(plan).Split('\n'))
        {
            if (masked.Length > 0)
                masked.Append('\n');
            var indent = line.Length - line.AsSpan().TrimStart(' ').Length;
            // The numbers of a node are the planner's, those of a condition the query's.
            masked.Append(Node().IsMatch(line) ? line : line[..indent] + SqlText.Mask(line[indent..]));
            if (masked.Length > LongestText)
                break;
        }

        return masked.Length > LongestText ? masked.ToString(0, LongestText) : masked.ToString();
    }

    [GeneratedRegex(@"\(cost=[0-9.]+ rows=[0-9]+ width=[0-9]+\)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Node();

    private static string WithoutStrings(string plan)
    {
        var text = new StringBuilder(plan.Length);
        var at = 0;
        while (at < plan.Length)
        {
            var afterString = SqlScanner.EndOfString(plan, at);
            var end = afterString ?? (plan[at] == '"' ? SqlScanner.EndOfQuoted(plan, at, '"', hasBackslashes: false) : at + 1);
            if (afterString is null)
                text.Append(plan, at, end - at);
            else
                text.Append('?');
            at = end;
        }

        return text.ToString();
    }
}
