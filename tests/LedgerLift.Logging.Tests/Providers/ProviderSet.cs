using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using Serilog;

namespace LedgerLift.Logging.Tests;

/// <summary>A host's logging with every kind of provider behind the redaction.</summary>
internal sealed class ProviderSet : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly FormatterProvider[] _consoles;
    private readonly OpenTelemetrySink _telemetry = new();
    private readonly SerilogSink _serilog = new();
    private readonly GreedyProvider _greedy = new();

    public ProviderSet(Action<ILoggingBuilder>? configure = null)
    {
        _consoles = [.. Formatters().Select(static formatter => new FormatterProvider(formatter))];
        var serilog = new LoggerConfiguration().MinimumLevel.Verbose().Enrich.FromLogContext().WriteTo.Sink(_serilog).CreateLogger();
        _services = new ServiceCollection()
            .AddLogging(builder =>
            {
                builder.SetMinimumLevel(LogLevel.Trace).AddProvider(_greedy).AddSerilog(serilog, dispose: true).AddLedgerLiftRedaction();
                builder.Configure(static options =>
                    options.ActivityTrackingOptions =
                        ActivityTrackingOptions.TraceId | ActivityTrackingOptions.Tags | ActivityTrackingOptions.Baggage
                );
                builder.AddOpenTelemetry(options =>
                {
                    (options.IncludeScopes, options.IncludeFormattedMessage, options.ParseStateValues) = (true, true, true);
                    options.AddProcessor(new SimpleLogRecordExportProcessor(_telemetry));
                });
                foreach (var console in _consoles)
                    builder.AddProvider(console);

                configure?.Invoke(builder);
            })
            .BuildServiceProvider();
        Logger = _services.GetRequiredService<ILoggerFactory>().CreateLogger("host");
    }

    public Microsoft.Extensions.Logging.ILogger Logger { get; }

    public IServiceProvider Services => _services;

    /// <summary>What came out of each provider since the last time, by the provider's name.</summary>
    public IEnumerable<(string Provider, string Text)> Output()
    {
        (string, string)[] all =
        [
            .. _consoles.Select(static console => (console.Name, string.Concat(console.Lines))),
            ("OpenTelemetry", string.Concat(_telemetry.Lines)),
            ("Serilog", string.Concat(_serilog.Lines)),
            ("own provider", string.Concat(_greedy.Lines)),
        ];
        foreach (var console in _consoles)
            console.Clear();

        _telemetry.Clear();
        _serilog.Clear();
        _greedy.Clear();
        return all;
    }

    public void Dispose()
    {
        _services.Dispose();
        _telemetry.Dispose();
        _greedy.Dispose();
    }

    // The framework's JSON and simple formatter and the package's own two.
    private static List<ConsoleFormatter> Formatters()
    {
        var services = new ServiceCollection()
            .AddLogging(static builder =>
                builder
                    .AddLedgerLiftLogging()
                    .AddJsonConsole(static options => options.IncludeScopes = true)
                    .AddSimpleConsole(static options => options.IncludeScopes = true)
            )
            .BuildServiceProvider();
        return [.. services.GetServices<ConsoleFormatter>().Where(static formatter => formatter.Name is not "systemd")];
    }
}
