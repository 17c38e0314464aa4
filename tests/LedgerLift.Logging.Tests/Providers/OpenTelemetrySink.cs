using System.Collections.Concurrent;
using System.Globalization;
using OpenTelemetry;

namespace LedgerLift.Logging.Tests;

/// <summary>An OpenTelemetry exporter that keeps everything of a log record as text.</summary>
internal sealed class OpenTelemetrySink : BaseExporter<OpenTelemetry.Logs.LogRecord>
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public void Clear() => _lines.Clear();

    public override ExportResult Export(in Batch<OpenTelemetry.Logs.LogRecord> batch)
    {
        foreach (var record in batch)
        {
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            text.WriteLine($"{record.Body} {record.FormattedMessage} {record.TraceId} {record.SpanId} {record.Exception}");
            foreach (var attribute in record.Attributes ?? [])
                text.WriteLine($"{attribute.Key}={Text(attribute.Value)}");

            record.ForEachScope(
                static (scope, writer) =>
                {
                    foreach (var item in scope)
                        writer.WriteLine($"scope {item.Key}={Text(item.Value)}");
                },
                text
            );
            _lines.Enqueue(text.ToString());
        }

        return ExportResult.Success;
    }

    // As exporters do: arrays item by item, everything else by its text.
    private static string Text(object? value) =>
        value is System.Collections.IEnumerable items and not string
            ? string.Join(',', items.Cast<object?>().Select(Text))
            : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
