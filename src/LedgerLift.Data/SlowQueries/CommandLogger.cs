using Microsoft.Extensions.Logging;

namespace LedgerLift.Data;

/// <summary>Stands where Npgsql logs the ends of commands and of copies, and passes everything on to the host's logger. Thread-safe.</summary>
/// <param name="inner">The host's logger; null when Npgsql's messages are not wanted.</param>
/// <param name="watch">Is told what the messages say.</param>
/// <param name="lowest">The lowest level that the watch needs of this category.</param>
internal sealed class CommandLogger(ILogger? inner, CommandWatch watch, LogLevel lowest) : ILogger
{
    // Npgsql's event ids.
    private const int BreakingConnection = 1900;
    private const int CommandStarted = 2000;
    private const int CommandCompleted = 2001;
    private const int CancelingCommand = 2002;
    private const int FirstCopyStart = 40000;
    private const int LastCopyStart = 40099;
    private const int LastCopyEnd = 40199;

    private const string Duration = "DurationMs";

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner?.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= lowest || inner?.IsEnabled(logLevel) == true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        // The first two come with every command; what they do is all that a command which is not slow pays.
        if (eventId.Id == CommandStarted)
            CommandWatch.Started();
        else if (eventId.Id == CommandCompleted && state is IReadOnlyList<KeyValuePair<string, object?>> end)
            Completed(end);
        else if (
            eventId.Id is BreakingConnection or (> CommandCompleted and <= LastCopyEnd)
            && state is IReadOnlyList<KeyValuePair<string, object?>> pairs
        )
            Note(eventId.Id, pairs);
        if (inner?.IsEnabled(logLevel) == true)
            inner.Log(logLevel, eventId, state, exception, formatter);
    }

    internal static object? Value(IReadOnlyList<KeyValuePair<string, object?>> pairs, string key)
    {
        for (var i = 0; i < pairs.Count; i++)
        {
            if (string.Equals(pairs[i].Key, key, StringComparison.Ordinal))
                return pairs[i].Value;
        }

        return null;
    }

    // Npgsql tells the text, then the duration; wherever it stands, it is found.
    private void Completed(IReadOnlyList<KeyValuePair<string, object?>> pairs)
    {
        var second = pairs.Count > 1 ? pairs[1] : default;
        var duration = string.Equals(second.Key, Duration, StringComparison.Ordinal) ? second.Value : Value(pairs, Duration);
        if (duration is long milliseconds)
            watch.Completed(milliseconds, pairs);
    }

    private void Note(int id, IReadOnlyList<KeyValuePair<string, object?>> pairs)
    {
        switch (id)
        {
            case BreakingConnection:
                watch.Breaking(Connector(pairs));
                break;
            case CancelingCommand:
                watch.Canceling(Connector(pairs));
                break;
            case >= FirstCopyStart and <= LastCopyStart:
                watch.Copies.Starting(Connector(pairs));
                break;
            case > LastCopyStart and <= LastCopyEnd:
                watch.Copies.Completed(Connector(pairs));
                break;
        }
    }

    internal static int Connector(IReadOnlyList<KeyValuePair<string, object?>> pairs) => Value(pairs, "ConnectorId") as int? ?? 0;

    internal static string Sql(IReadOnlyList<KeyValuePair<string, object?>> pairs) =>
        Value(pairs, "CommandText") as string ?? (Value(pairs, "BatchCommands") is string[] batch ? Joined(batch) : string.Empty);

    private static string Joined(string[] batch) =>
        string.Join("; ", batch.Where(sql => !string.Equals(sql, CommitSender.Probe, StringComparison.Ordinal)));
}
