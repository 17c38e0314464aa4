using System.Collections.Concurrent;
using System.Globalization;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace LedgerLift.Logging.Tests;

/// <summary>A Serilog sink that keeps its events as JSON, with all properties.</summary>
internal sealed class SerilogSink : ILogEventSink
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly JsonFormatter _formatter = new(renderMessage: true);

    public IReadOnlyList<string> Lines => [.. _lines];

    public void Clear() => _lines.Clear();

    public void Emit(LogEvent logEvent)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        _formatter.Format(logEvent, writer);
        _lines.Enqueue(writer.ToString());
    }
}
