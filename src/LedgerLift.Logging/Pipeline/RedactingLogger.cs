using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Logging;

/// <summary>Judges every event and scope before a provider sees it. Nothing that goes wrong in here reaches the caller.</summary>
internal sealed class RedactingLogger(ILogger inner, RedactorSource source, bool addsContext) : ILogger
{
    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (!inner.IsEnabled(logLevel))
            return;

        var shown = Inspect(state, ref exception, formatter);
        if (shown is null && !addsContext)
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
            return;
        }

        var context = addsContext ? EventContext.Current : default;
        if (shown is not null)
            inner.Log(logLevel, eventId, With(shown, context), exception, RedactedLogState.Formatter);
        else if (context.Count == 0)
            inner.Log(logLevel, eventId, state, exception, formatter);
        else
            LogWithContext(logLevel, eventId, state, exception, formatter, context);
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Exception? none = null;
        var shown = Inspect(state, ref none, formatter: null);
        return shown is null ? inner.BeginScope(state) : inner.BeginScope(shown);
    }

    // Without code generation at run time the types of states must be known: there the context goes with a copy. The caller has asked IsEnabled.
    [SuppressMessage("Performance", "CA1873", Justification = "Log asks IsEnabled before it comes here.")]
    private void LogWithContext<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter,
        EventContext context
    )
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            var withContext = new ContextState<TState>(state, formatter, context);
            inner.Log(logLevel, eventId, withContext, exception, ContextState<TState>.Formatter);
            return;
        }

        var copy = With(RedactedLogState.Copy(state, formatter(state, exception)), context);
        inner.Log(logLevel, eventId, copy, exception, RedactedLogState.Formatter);
    }

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "Values are strangers' code: whatever they throw, the line is written without them, and counted."
    )]
    private RedactedLogState? Inspect<TState>(in TState state, ref Exception? exception, Func<TState, Exception?, string>? formatter)
    {
        var given = exception;
        try
        {
            if (!Nesting.TryEnter())
                return Fail(state, given, ref exception);

            var redactor = source.Current;
            if (given is not null)
                exception = redactor.Exceptions.Redact(given);

            var shown = LogInspector.Inspect(redactor, state, exception, formatter);
            return exception is RedactedException stand && !ReferenceEquals(stand, given)
                ? (shown ?? RedactedLogState.Copy(state, formatter?.Invoke(state, exception) ?? "")).With(
                    LogKeys.ExceptionType,
                    stand.TypeName
                )
                : shown;
        }
        catch (Exception)
        {
            return Fail(state, given, ref exception);
        }
        finally
        {
            Nesting.Leave();
        }
    }

    private RedactedLogState Fail<TState>(in TState state, Exception? given, ref Exception? exception)
    {
        LoggingMetrics.Failed();
        exception = given is null ? null : RedactedException.WithoutMessage(given);
        return RedactedLogState.Failed(TemplateText.Of(source.Current, state));
    }

    private static RedactedLogState With(RedactedLogState shown, EventContext context)
    {
        for (var i = 0; i < context.Count; i++)
            shown = shown.With(context[i].Key, context[i].Value);

        return shown;
    }
}
