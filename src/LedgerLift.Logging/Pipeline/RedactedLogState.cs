using System.Collections;

namespace LedgerLift.Logging;

/// <summary>The state of an event or a scope as providers may have it. Immutable: exporters may keep it.</summary>
internal sealed class RedactedLogState(KeyValuePair<string, object?>[] pairs, string message) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private const string FailureMark = "[REDACTION-FAILED]";

    /// <summary>Gives the message; the original formatter never sees a state that holds something.</summary>
    public static Func<RedactedLogState, Exception?, string> Formatter { get; } = static (state, _) => state.ToString();

    /// <inheritdoc/>
    public int Count => pairs.Length;

    /// <inheritdoc/>
    public KeyValuePair<string, object?> this[int index] => pairs[index];

    /// <summary>What is written of an event whose values could not be judged: that it was so, and its template when there is one.</summary>
    public static RedactedLogState Failed(string? template)
    {
        var message = template is null ? FailureMark : $"{FailureMark} {template}";
        return new RedactedLogState([new(LogKeys.Template, message)], message);
    }

    /// <summary>A state as it is, with its message.</summary>
    public static RedactedLogState Copy<TState>(in TState state, string message)
    {
        var reader = StateReader<TState>.Instance;
        var pairs = new KeyValuePair<string, object?>[reader?.Count(state) ?? 0];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = reader!.Read(state, i);

        return new RedactedLogState(pairs, message);
    }

    /// <summary>The same with another pair before the template.</summary>
    public RedactedLogState With(string key, object? value)
    {
        var isLastTemplate = pairs is [.., { Key: LogKeys.Template }];
        KeyValuePair<string, object?> added = new(key, value);
        return new RedactedLogState(isLastTemplate ? [.. pairs[..^1], added, pairs[^1]] : [.. pairs, added], message);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, object?>>)pairs).GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => message;

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
