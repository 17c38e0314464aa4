using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace LedgerLift.Logging;

/// <summary>
/// Writes an event as a line for people: time, level, category, message, context. What could break the line, colour the terminal or turn the direction of
/// writing is escaped; the lines of an exception are set in, so that none of them looks like the beginning of an event. Thread-safe.
/// </summary>
internal sealed class TextLineFormatter(TimeProvider timeProvider, IOptionsMonitor<LedgerLiftLoggingOptions> options)
    : ConsoleFormatter(FormatterName)
{
    /// <summary>The name by which the console provider finds it.</summary>
    public const string FormatterName = "ledgerlift-console";

    private const string Indent = "      ";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        ArgumentNullException.ThrowIfNull(textWriter);
        textWriter.Write(LineTime.Of(timeProvider));
        textWriter.Write(' ');
        textWriter.Write(NameOf(logEntry.LogLevel));
        textWriter.Write(' ');
        LineEscape.Write(textWriter, logEntry.Category);
        textWriter.Write(": ");
        LineEscape.Write(textWriter, logEntry.Formatter?.Invoke(logEntry.State, logEntry.Exception) ?? "");
        WriteContext(textWriter);
        if (options.CurrentValue.IncludeScopes && scopeProvider is not null)
            scopeProvider.ForEachScope(static (scope, writer) => WriteScope(writer, scope), textWriter);

        textWriter.Write('\n');
        if (logEntry.Exception is { } exception)
            WriteLines(textWriter, exception.ToString());
    }

    private static void WriteContext(TextWriter writer)
    {
        var context = EventContext.Current;
        for (var i = 0; i < context.Count; i++)
        {
            writer.Write(' ');
            writer.Write(context[i].Key);
            writer.Write('=');
            LineEscape.Write(writer, (string)context[i].Value!);
        }
    }

    // The context stands in the line already.
    private static void WriteScope(TextWriter writer, object? scope)
    {
        if (scope is null || EventContext.IsScope(scope))
            return;

        writer.Write(" => ");
        LineEscape.Write(writer, ValueText.Of(scope));
    }

    private static void WriteLines(TextWriter writer, string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            writer.Write(Indent);
            LineEscape.Write(writer, line);
            writer.Write('\n');
        }
    }

    private static string NameOf(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            _ => "crit",
        };
}
