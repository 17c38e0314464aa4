using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Logging;

/// <summary>The template of a state that could not be judged.</summary>
internal static class TemplateText
{
    /// <summary>The template without what must not be shown; null when the state has none or it cannot be read.</summary>
    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "The state has thrown once already; whatever it throws now, the line is written without the template."
    )]
    public static string? Of<TState>(PiiRedactor redactor, in TState state)
    {
        try
        {
            var reader = StateReader<TState>.Instance;
            var count = reader?.Count(state) ?? 0;
            return count > 0 && reader!.Read(state, count - 1) is { Key: LogKeys.Template, Value: string template }
                ? redactor.RedactText(template)
                : null;
        }
        catch (Exception)
        {
            return null;
        }
    }
}
