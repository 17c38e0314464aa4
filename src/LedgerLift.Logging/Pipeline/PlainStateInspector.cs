using System.Collections;

namespace LedgerLift.Logging;

/// <summary>Judges states without a template: texts, dictionaries, single pairs, objects.</summary>
internal static class PlainStateInspector
{
    /// <summary>Judges an event, or a scope when there is no formatter.</summary>
    public static RedactedLogState? Inspect<TState>(
        PiiRedactor redactor,
        in TState state,
        Exception? exception,
        Func<TState, Exception?, string>? formatter
    )
    {
        var pairs = PairsOf(redactor, state, out var isHidden);
        var text = formatter is not null ? formatter(state, exception) ?? "" : TextOf(state);
        var shown = redactor.RedactText(text);
        if (!isHidden && ReferenceEquals(shown, text))
            return null;

        // What the pairs hide may stand in the text under no name at all: then only the pairs are shown.
        var message = isHidden && ReferenceEquals(shown, text) ? MessageOf(pairs) : shown;
        return new RedactedLogState(pairs, message);
    }

    private static string TextOf<TState>(in TState state) => state as string ?? (state is null ? "" : ValueText.Of(state));

    private static KeyValuePair<string, object?>[] PairsOf<TState>(PiiRedactor redactor, in TState state, out bool isHidden)
    {
        isHidden = false;
        if (state is null or string)
            return [];

        object boxed = state;
        var redacted = redactor.Structures.RedactForLog(boxed);
        isHidden = !ReferenceEquals(redacted, boxed);

        // A dictionary may be changed while the scope is open: providers get a copy.
        if (!isHidden && boxed is IEnumerable && TypePlan.Of(boxed).Shape is TypeShape.Dictionary or TypeShape.Sequence)
        {
            redacted = redactor.Redact(boxed);
            isHidden = redacted is IDictionary;
        }

        return redacted is IEnumerable<KeyValuePair<string, object?>> pairs ? [.. pairs] : [];
    }

    private static string MessageOf(KeyValuePair<string, object?>[] pairs) =>
        string.Join(", ", pairs.Select(static pair => $"{pair.Key}: {MessageValue.Of(pair.Value)}"));
}
