using System.Globalization;
using System.Text;

namespace LedgerLift.Logging;

/// <summary>Judges a template once, so that its events are cheap.</summary>
internal static class TemplatePlanner
{
    // Looks like a secret everywhere a secret could stand: base64 of "user:" and more, letters and digits, nothing else.
    private const string Canary = "dXNlcjpwYXNzd29yZDAx";
    private const int InitialMatches = 16;

    /// <summary>The plan.</summary>
    /// <param name="redactor">The rules.</param>
    /// <param name="template">The template.</param>
    /// <param name="stateType">The type of state.</param>
    /// <param name="keys">The keys of its pairs, without that of the template.</param>
    public static TemplatePlan Plan(PiiRedactor redactor, string template, Type stateType, string[] keys)
    {
        var parsed = MessageTemplate.Parse(template);
        var holes = Places(parsed, stateType, keys);
        var sensitive = Array.ConvertAll(keys, key => redactor.IsSensitiveKey(key));
        var shown = MarkByContext(redactor, template, parsed, holes, sensitive);
        var namedBy = NamedBy(parsed, holes, keys.Length);
        var inspected = Enumerable
            .Range(0, keys.Length)
            .Where(i => !sensitive[i] && (namedBy[i] >= 0 || !StateTypes.IsScalar(stateType, i, keys[i])));
        return new TemplatePlan(template, stateType, parsed, shown, sensitive, [.. inspected], namedBy, holes);
    }

    // The framework's own states keep their pairs in the order of the holes; the generator's are found by name.
    private static int[] Places(MessageTemplate parsed, Type stateType, string[] keys)
    {
        var holes = parsed.Parts.Where(static part => part.IsHole).Select(static part => part.Text).ToArray();
        if (stateType.Assembly == typeof(Microsoft.Extensions.Logging.LoggerMessage).Assembly)
            return [.. Enumerable.Range(0, holes.Length).Select(i => i < keys.Length ? i : -1)];

        return Array.ConvertAll(
            holes,
            hole =>
                Array.FindIndex(
                    keys,
                    key => key.AsSpan().TrimStart('@').Equals(hole.AsSpan().TrimStart('@'), StringComparison.OrdinalIgnoreCase)
                )
        );
    }

    // Writes the message with a secret in every hole and marks the holes whose secret would be found: "password={Value}", "Bearer {Value}".
    private static string MarkByContext(PiiRedactor redactor, string template, MessageTemplate parsed, int[] holes, bool[] sensitive)
    {
        var text = new StringBuilder();
        var spans = new List<(int Start, int End)>();
        foreach (var part in parsed.Parts)
        {
            var start = text.Length;
            if (part.IsHole)
            {
                text.Append(Canary).Append(spans.Count.ToString("D4", CultureInfo.InvariantCulture));
                spans.Add((start, text.Length));
            }
            else
            {
                text.Append(part.Text);
            }
        }

        var matches = new MatchList(stackalloc TextMatch[InitialMatches]);
        try
        {
            redactor.Text.Find(text.ToString(), ref matches);
            var isLiteral = Mark(matches.Items, spans, holes, sensitive);
            return isLiteral ? redactor.RedactText(template) : template;
        }
        finally
        {
            matches.Dispose();
        }
    }

    // Whether something was found that no hole fills.
    private static bool Mark(ReadOnlySpan<TextMatch> matches, List<(int Start, int End)> spans, int[] holes, bool[] sensitive)
    {
        var isLiteral = false;
        foreach (var match in matches)
        {
            var isHole = false;
            for (var i = 0; i < spans.Count; i++)
            {
                if (spans[i].Start >= match.End || spans[i].End <= match.Start)
                    continue;

                isHole = true;
                if (holes[i] >= 0)
                    sensitive[holes[i]] = true;
            }

            isLiteral |= !isHole;
        }

        return isLiteral;
    }

    // {Name}={Value}, {Name}: {Value}: the first value may be the name of a secret.
    private static int[] NamedBy(MessageTemplate parsed, int[] holes, int count)
    {
        var namedBy = new int[count];
        Array.Fill(namedBy, -1);
        var hole = 0;
        for (var i = 0; i < parsed.Parts.Count; i++)
        {
            if (!parsed.Parts[i].IsHole)
                continue;

            if (hole > 0 && holes[hole] >= 0 && i >= 2 && parsed.Parts[i - 2].IsHole && IsSign(parsed.Parts[i - 1].Text))
                namedBy[holes[hole]] = holes[hole - 1];

            hole++;
        }

        return namedBy;
    }

    private static bool IsSign(ReadOnlySpan<char> text) => text.Trim(" \"'") is "=" or ":" or "=>" or "->";
}
