using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace LedgerLift.Logging;

/// <summary>
/// Writes an event as one JSON object in one line. Everything outside printable ASCII is escaped, so that no logged text can break a line, colour a
/// terminal or turn the direction of writing. Thread-safe.
/// </summary>
internal sealed class JsonLineFormatter(TimeProvider timeProvider, IOptionsMonitor<LedgerLiftLoggingOptions> options)
    : ConsoleFormatter(FormatterName)
{
    /// <summary>The name by which the console provider finds it.</summary>
    public const string FormatterName = "ledgerlift-json";

    private const int InitialBytes = 1024;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        ArgumentNullException.ThrowIfNull(textWriter);
        var message = logEntry.Formatter?.Invoke(logEntry.State, logEntry.Exception) ?? "";
        var buffer = new ArrayBufferWriter<byte>(InitialBytes);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            WriteHead(writer, logEntry.LogLevel, logEntry.Category, logEntry.EventId, message);
            WriteContext(writer);
            if (logEntry.Exception is { } exception)
                writer.WriteString("exception", exception.ToString());

            WriteState(writer, logEntry.State);
            if (options.CurrentValue.IncludeScopes && scopeProvider is not null)
                WriteScopes(writer, scopeProvider);

            writer.WriteEndObject();
        }

        textWriter.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        textWriter.Write('\n');
    }

    private void WriteHead(Utf8JsonWriter writer, LogLevel level, string category, EventId eventId, string message)
    {
        writer.WriteString("timestamp", LineTime.Of(timeProvider));
        writer.WriteString("level", level.ToString());
        writer.WriteString("category", category);
        writer.WriteNumber("event_id", eventId.Id);
        if (eventId.Name is { } name)
            writer.WriteString("event", name);

        writer.WriteString("message", message);
    }

    private static void WriteContext(Utf8JsonWriter writer)
    {
        var context = EventContext.Current;
        for (var i = 0; i < context.Count; i++)
            writer.WriteString(context[i].Key, (string)context[i].Value!);
    }

    private static void WriteState<TState>(Utf8JsonWriter writer, TState state)
    {
        if (state is not IReadOnlyCollection<KeyValuePair<string, object?>> { Count: > 0 } pairs)
            return;

        writer.WriteStartObject("state");
        foreach (var (key, value) in pairs)
        {
            if (key is not (LogKeys.RequestId or LogKeys.TraceId or LogKeys.SpanId))
                JsonValueWriter.Write(writer, key, value);
        }

        writer.WriteEndObject();
    }

    // The context stands in the line already.
    private static void WriteScope(object? scope, Utf8JsonWriter writer)
    {
        if (!EventContext.IsScope(scope))
            JsonValueWriter.WriteScope(writer, scope);
    }

    private static void WriteScopes(Utf8JsonWriter writer, IExternalScopeProvider scopes)
    {
        writer.WriteStartArray("scopes");
        scopes.ForEachScope(WriteScope, writer);
        writer.WriteEndArray();
    }
}
