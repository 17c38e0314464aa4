namespace LedgerLift.Logging;

/// <summary>Judges log states: null when one may be shown as it is, otherwise what is shown instead.</summary>
internal static class LogInspector
{
    /// <summary>Judges an event.</summary>
    /// <param name="redactor">The rules.</param>
    /// <param name="state">The state.</param>
    /// <param name="exception">The exception as it will be shown; it is only handed to the formatter.</param>
    /// <param name="formatter">The event's formatter; null for a scope.</param>
    public static RedactedLogState? Inspect<TState>(
        PiiRedactor redactor,
        in TState state,
        Exception? exception,
        Func<TState, Exception?, string>? formatter
    )
    {
        // Not `state is …`: that boxes structs that hold references.
        if (typeof(TState) == typeof(RedactedLogState))
            return null;

        var reader = StateReader<TState>.Instance;
        var count = reader?.Count(state) ?? 0;
        if (count == 0 || reader!.Read(state, count - 1) is not { Key: LogKeys.Template, Value: string template })
            return PlainStateInspector.Inspect(redactor, state, exception, formatter);

        if (count == 1 && StateReader<TState>.HasAnyTemplate)
            return InspectText(redactor, template);

        var plan = redactor.Templates.Get(template, reader, state, count);
        if (plan.AlwaysRedacts || HasSecret(redactor, plan, reader, state))
            return Rewrite(redactor, plan, reader, state, count);

        // A formatter of the program's own may say more than the pairs do.
        return StateReader<TState>.IsOfFramework || formatter is null || redactor.Text.IsClean(formatter(state, exception))
            ? null
            : Rewrite(redactor, plan, reader, state, count);
    }

    // No values: the whole text stands in the template, perhaps an interpolated string that is different every time.
    private static RedactedLogState? InspectText(PiiRedactor redactor, string text)
    {
        if (redactor.Text.IsClean(text))
            return null;

        var redacted = redactor.RedactText(text);
        return new RedactedLogState([new KeyValuePair<string, object?>(LogKeys.Template, redacted)], redacted);
    }

    private static bool HasSecret<TState>(PiiRedactor redactor, TemplatePlan plan, StateReader<TState> reader, in TState state)
    {
        foreach (var index in plan.Inspected)
        {
            var value = reader.Read(state, index).Value;
            if (value is null)
                continue;

            if (value is string text ? !redactor.Text.IsClean(text) : !IsClean(redactor, value))
                return true;

            if (plan.NamedBy[index] is >= 0 and var name && IsSensitiveName(redactor, reader.Read(state, name).Value))
                return true;
        }

        return false;
    }

    private static bool IsClean(PiiRedactor redactor, object value) =>
        IsFrequent(value) || ReferenceEquals(redactor.Structures.RedactForLog(value), value);

    // Types that need no plan looked up.
    private static bool IsFrequent(object value) => value is int or bool or Guid or double or DateTimeOffset or TimeSpan;

    private static bool IsSensitiveName(PiiRedactor redactor, object? name) => name is string text && redactor.IsSensitiveKey(text);

    private static RedactedLogState Rewrite<TState>(
        PiiRedactor redactor,
        TemplatePlan plan,
        StateReader<TState> reader,
        in TState state,
        int count
    )
    {
        var pairs = new KeyValuePair<string, object?>[count];
        for (var i = 0; i < count - 1; i++)
        {
            var (key, value) = reader.Read(state, i);
            var isSensitive =
                plan.Sensitive[i] || (plan.NamedBy[i] is >= 0 and var name && IsSensitiveName(redactor, reader.Read(state, name).Value));
            pairs[i] = new(key, isSensitive ? redactor.Structures.Hide(value) : Shown(redactor, value));
        }

        pairs[^1] = new(LogKeys.Template, plan.Shown);
        var message = MessageWriter.Write(plan, pairs);
        return new RedactedLogState(pairs, redactor.RedactText(message));
    }

    private static object? Shown(PiiRedactor redactor, object? value) =>
        value is string text ? redactor.RedactText(text)
        : value is null || IsFrequent(value) ? value
        : redactor.Structures.RedactForLog(value);
}
