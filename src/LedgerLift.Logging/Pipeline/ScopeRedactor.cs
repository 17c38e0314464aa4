using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Logging;

/// <summary>Redacts scopes that came past the logger.</summary>
internal static class ScopeRedactor
{
    /// <summary>The scope, or what is shown instead of it.</summary>
    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "A scope is a stranger's object: whatever it throws, the line is written without it, and counted."
    )]
    public static object Redact(PiiRedactor redactor, object scope)
    {
        try
        {
            var shown = scope is IReadOnlyList<KeyValuePair<string, object?>> pairs
                ? LogInspector.Inspect(redactor, pairs, exception: null, formatter: null)
                : LogInspector.Inspect(redactor, scope, exception: null, formatter: null);
            return shown ?? scope;
        }
        catch (Exception)
        {
            LoggingMetrics.Failed();
            return RedactedLogState.Failed(template: null);
        }
    }
}
