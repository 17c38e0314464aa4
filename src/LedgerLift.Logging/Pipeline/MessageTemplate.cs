namespace LedgerLift.Logging;

/// <summary>A message template taken apart as the framework does it: literal pieces and named holes.</summary>
internal sealed class MessageTemplate
{
    private MessageTemplate(IReadOnlyList<TemplatePart> parts) => Parts = parts;

    /// <summary>Pieces and holes in their order.</summary>
    public IReadOnlyList<TemplatePart> Parts { get; }

    /// <summary>How many holes.</summary>
    public int HoleCount => Parts.Count(static part => part.IsHole);

    /// <summary>Takes a template apart. Braces that are doubled or never closed are literal.</summary>
    public static MessageTemplate Parse(string template)
    {
        var parts = new List<TemplatePart>();
        var literal = new System.Text.StringBuilder();
        var i = 0;
        while (i < template.Length)
        {
            var length = HoleLength(template, i);
            if (length > 0)
            {
                Flush();
                parts.Add(TemplatePart.Hole(template.Substring(i + 1, length - 2)));
                i += length;
                continue;
            }

            // A doubled brace stands for one.
            if (template[i] is '{' or '}' && i + 1 < template.Length && template[i + 1] == template[i])
                i++;

            literal.Append(template[i++]);
        }

        Flush();
        return new MessageTemplate(parts);

        void Flush()
        {
            if (literal.Length == 0)
                return;

            parts.Add(TemplatePart.Literal(literal.ToString()));
            literal.Clear();
        }
    }

    // Of an odd number of braces the last opens the hole.
    private static int HoleLength(string template, int start)
    {
        if (template[start] != '{' || (start + 1 < template.Length && template[start + 1] == '{'))
            return 0;

        var close = template.IndexOf('}', start);
        return close <= start + 1 || template.AsSpan(start + 1, close - start - 1).Contains('{') ? 0 : close - start + 1;
    }
}
