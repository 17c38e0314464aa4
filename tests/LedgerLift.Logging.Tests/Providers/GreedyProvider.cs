using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Logging.Tests;

/// <summary>A provider of one's own that takes all it can get: state by text, by pairs and by serializing every value, exceptions with data, scopes.</summary>
internal sealed class GreedyProvider : ILoggerProvider, ISupportExternalScope
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        ReferenceHandler = System.Text.Json.Serialization.ReferenceHandler.IgnoreCycles,
        IncludeFields = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ConcurrentQueue<string> _lines = new();
    private IExternalScopeProvider? _scopes;

    public IReadOnlyList<string> Lines => [.. _lines];

    public void Clear() => _lines.Clear();

    public ILogger CreateLogger(string categoryName) => new GreedyLogger(this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose() { }

    private sealed class GreedyLogger(GreedyProvider owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => owner._scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            using var writer = new StringWriter(CultureInfo.InvariantCulture);
            writer.WriteLine(formatter(state, exception));
            Write(writer, state);
            if (exception is not null)
                Write(writer, exception);

            owner._scopes?.ForEachScope(static (scope, writer) => Write(writer, scope), writer);
            owner._lines.Enqueue(writer.ToString());
        }

        private static void Write(TextWriter writer, object? value, int depth = 0)
        {
            writer.WriteLine($"{value}");
            if (value is Exception exception)
            {
                Write(writer, exception.Data);
                return;
            }

            if (value is IEnumerable items and not string && depth < 4)
            {
                foreach (var item in items)
                    Write(writer, item, depth + 1);
            }

            try
            {
                writer.WriteLine(JsonSerializer.Serialize(value, value?.GetType() ?? typeof(object), s_json));
            }
            catch (Exception problem) when (problem is JsonException or NotSupportedException or InvalidOperationException)
            {
                writer.WriteLine("[not serializable]");
            }
        }
    }
}
