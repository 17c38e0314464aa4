using System.Collections;
using System.Globalization;

namespace LedgerLift.Logging;

/// <summary>Writes a message from a template and redacted values, as the framework would.</summary>
internal static class MessageWriter
{
    private const int InitialCharacters = 256;
    private const int MaxWidth = 1024;
    private const string Separator = ", ";

    /// <summary>The message of a template with redacted pairs; a hole without a pair shows its name.</summary>
    public static string Write(TemplatePlan plan, ReadOnlySpan<KeyValuePair<string, object?>> pairs)
    {
        var message = new TextBuffer(stackalloc char[InitialCharacters]);
        try
        {
            var hole = 0;
            foreach (var part in plan.Parsed.Parts)
            {
                if (!part.IsHole)
                    message.Append(part.Text);
                else if (plan.Holes[hole++] is >= 0 and var place)
                    Append(ref message, part, pairs[place].Value);
                else
                    message.Append($"{{{part.Text}}}");
            }

            return message.Text.ToString();
        }
        finally
        {
            message.Dispose();
        }
    }

    private static void Append(ref TextBuffer message, TemplatePart part, object? value)
    {
        var text = TextOf(value, part.Format);
        var padding = Math.Min(MaxWidth, Math.Abs(part.Width)) - text.Length;
        if (part.Width > 0)
            message.Append(' ', padding);

        message.Append(text);
        if (part.Width < 0)
            message.Append(' ', padding);
    }

    private static string TextOf(object? value, string? format)
    {
        if (value is string text)
            return text;

        if (format is not null && value is IFormattable formattable)
            return Formatted(formattable, format);

        return
            value is IEnumerable items and not (LoggedDictionary or LoggedList)
            && TypePlan.Of(value).Shape is TypeShape.Sequence or TypeShape.Dictionary
            ? string.Join(Separator, items.Cast<object?>().Select(MessageValue.Of))
            : MessageValue.Of(value);
    }

    private static string Formatted(IFormattable value, string format)
    {
        try
        {
            return value.ToString(format, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            return MessageValue.Of(value);
        }
    }
}
