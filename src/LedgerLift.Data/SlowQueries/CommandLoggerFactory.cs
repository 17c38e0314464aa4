using Microsoft.Extensions.Logging;

namespace LedgerLift.Data;

/// <summary>The logger factory that Npgsql is given. Thread-safe.</summary>
/// <param name="inner">The host's; null when Npgsql's messages are not wanted.</param>
/// <param name="watch">Is told what the messages say.</param>
internal sealed class CommandLoggerFactory(ILoggerFactory? inner, CommandWatch watch) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName)
    {
        var lowest = categoryName switch
        {
            "Npgsql.Command" => LogLevel.Debug,
            "Npgsql.Connection" => LogLevel.Trace,
            "Npgsql.Copy" => LogLevel.Information,
            _ => LogLevel.None,
        };
        return new CommandLogger(inner?.CreateLogger(categoryName), watch, lowest);
    }

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Add the provider to the host's factory.");

    public void Dispose()
    {
        // The host's factory is the host's.
    }
}
