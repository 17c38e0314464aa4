using System.Collections;
using System.Globalization;
using System.Text;

namespace LedgerLift.Testing;

/// <summary>Turns what was logged into text for a search: a secret must be found wherever in the values it hides.</summary>
internal static class RecordedText
{
    private const int MaxDepth = 8;

    public static string Of(LogRecord record)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{record.Level} {record.Category} {record.EventId.Id} {record.EventId.Name}: {record.Message}"
        );
        foreach (var pair in record.State)
            Append(text.Append(" | "), pair, MaxDepth);
        foreach (var scope in record.Scopes)
            Append(text.Append(" => "), scope, MaxDepth);
        foreach (var exception in WithInner(record.Exception))
            Append(text.Append(" ! ").Append(exception), exception.Data, MaxDepth);
        return text.ToString();
    }

    private static IEnumerable<Exception> WithInner(Exception? exception) =>
        exception switch
        {
            null => [],
            AggregateException many => many.InnerExceptions.SelectMany(WithInner).Prepend(many),
            _ => WithInner(exception.InnerException).Prepend(exception),
        };

    private static void Append(StringBuilder text, object? value, int depth)
    {
        if (value is byte[] bytes)
            text.Append(Encoding.UTF8.GetString(bytes));
        else if (value is string or null || depth == 0)
            text.Append(value);
        else if (value is KeyValuePair<string, object?> pair)
            AppendPair(text, pair.Key, pair.Value, depth);
        else if (value is DictionaryEntry entry)
            AppendPair(text, entry.Key, entry.Value, depth);
        else if (value is IEnumerable items)
            AppendItems(text, items, value, depth);
        else
            text.Append(CultureInfo.InvariantCulture, $"{value}");
    }

    private static void AppendPair(StringBuilder text, object key, object? value, int depth)
    {
        Append(text, key, depth - 1);
        text.Append('=');
        Append(text, value, depth - 1);
    }

    // A scope made by BeginScope("…{Name}…") is both a sequence of pairs and a text of its own.
    private static void AppendItems(StringBuilder text, IEnumerable items, object itself, int depth)
    {
        text.Append(CultureInfo.InvariantCulture, $"{itself} [");
        foreach (var item in items)
        {
            Append(text, item, depth - 1);
            text.Append(", ");
        }

        text.Append(']');
    }
}
