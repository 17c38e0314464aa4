using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Logging.Tests;

/// <summary>The first examples of the README, compiled here, in a stranger's project and in a trimmed one.</summary>
internal static class ReadmeExample
{
    public static Task RunAsync()
    {
        var services = new ServiceCollection();

        #region readme-logging
        services.AddLogging(logging => logging.AddLedgerLiftLogging(options => options.Level = "Information"));
        #endregion

        var lines = new Lines();
        services.AddLogging(logging => logging.ClearProviders().AddProvider(lines));
        using var provider = services.BuildServiceProvider();
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger("App");

        #region readme-event
        using (RequestContext.SetRequestId("req-1"))
            logger.LogInformation("Login of {User} with {Password} from {Url}", "ada", "hunter2", "https://example.org/?access_token=abc");
        #endregion

        Expect("Login of ada with [REDACTED] from https://example.org/?access_token=[REDACTED]", lines.Last);
        Expect("""{"name":"ada","apiKey":"[REDACTED]"}""", Redacted());
        return Task.CompletedTask;
    }

    private static string Redacted()
    {
        #region readme-redactor
        var redactor = new PiiRedactor();
        using var document = JsonDocument.Parse("""{"name":"ada","apiKey":"s3cr3t"}""");
        var redacted = redactor.Redact(document.RootElement);
        #endregion

        return redacted.GetRawText();
    }

    private static void Expect(string expected, string? actual)
    {
        if (!string.Equals(expected, actual, StringComparison.Ordinal))
            throw new InvalidOperationException($"'{expected}' expected, '{actual}' written.");
    }

    /// <summary>Stands for any provider: remembers the last line.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        public string? Last { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Last = formatter(state, exception);

        public void Dispose() { }
    }
}
