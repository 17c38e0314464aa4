using Microsoft.Extensions.Logging;

namespace LedgerLift.Testing;

/// <summary>One log call as it arrived at a <see cref="LogRecorder"/>.</summary>
/// <param name="Category">The logger's name.</param>
/// <param name="Level">Its level.</param>
/// <param name="EventId">Its id and name.</param>
/// <param name="Message">The formatted message.</param>
/// <param name="State">The structured pairs, <c>{OriginalFormat}</c> among them; empty when the state is not structured.</param>
/// <param name="Scopes">The open scopes, outermost first.</param>
/// <param name="Exception">The exception given, or null.</param>
public sealed record LogRecord(
    string Category,
    LogLevel Level,
    EventId EventId,
    string Message,
    IReadOnlyList<KeyValuePair<string, object?>> State,
    IReadOnlyList<object?> Scopes,
    Exception? Exception
)
{
    /// <summary>The value logged under <paramref name="key"/>, or null when there is none.</summary>
    public object? this[string key] => State.FirstOrDefault(pair => string.Equals(pair.Key, key, StringComparison.Ordinal)).Value;

    /// <summary>Everything of the record as one text: message, pairs, scopes, exception with its data.</summary>
    public string AllText() => RecordedText.Of(this);
}
