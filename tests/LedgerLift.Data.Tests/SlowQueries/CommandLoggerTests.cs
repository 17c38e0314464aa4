using System.Collections;
using System.Diagnostics.CodeAnalysis;
using LedgerLift.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LedgerLift.Data.Tests;

/// <summary>What is done with each message that Npgsql gives about a command.</summary>
[Collection(nameof(ServerKillers))]
public sealed class CommandLoggerTests : IDisposable
{
    private static readonly EventId Completed = new(2001);

    private readonly List<SlowQuery> _heard = [];
    private readonly CommandWatch _watch;
    private readonly CommandLogger _logger;

    public CommandLoggerTests()
    {
        var clock = new ManualTimeProvider();
#pragma warning disable CA2000 // It has nothing to release unless plans are taken.
        var monitor = new SlowQueryMonitor("p", TimeSpan.FromMilliseconds(100), NullLogger.Instance, clock);
#pragma warning restore CA2000
        monitor.Subscribe(_heard.Add);
        _watch = new CommandWatch(monitor, new PhysicalConnections(10), "p", statementTimeout: null, clock);
        _logger = new CommandLogger(inner: null, _watch, LogLevel.Debug);
    }

    [Theory]
    [InlineData("CommandText", "DurationMs", "ConnectorId")]
    [InlineData("DurationMs", "CommandText", "ConnectorId")]
    [InlineData("CommandText", "Parameters", "DurationMs")]
    public void The_duration_is_found_wherever_it_stands(params string[] keys)
    {
        Tell(new Message(keys, 99));
        Assert.Empty(_heard);

        Tell(new Message(keys, 100));

        var query = Assert.Single(_heard);
        Assert.Equal(("SELECT ?", TimeSpan.FromMilliseconds(100)), (query.Text, query.Duration));
    }

    [Fact]
    public void A_connection_that_broke_is_told_of_its_next_command_and_of_no_other()
    {
        _watch.Breaking(7);

        Tell(new Message(["CommandText", "DurationMs", "ConnectorId"], 100, Connector: 8));
        Tell(new Message(["CommandText", "DurationMs", "ConnectorId"], 100, Connector: 7));
        Tell(new Message(["CommandText", "DurationMs", "ConnectorId"], 100, Connector: 7));

        Assert.Equal([QueryOutcome.Completed, QueryOutcome.Failed, QueryOutcome.Completed], _heard.Select(query => query.Outcome));
    }

    [Fact]
    public void A_command_that_is_not_slow_allocates_its_message_and_its_duration_only()
    {
        var message = new Message(["CommandText", "DurationMs", "ConnectorId"], 1);
        for (var i = 0; i < 1000; i++)
            Tell(message);

        var least = Enumerable.Range(0, 10).Min(_ => Bytes(message));

        Assert.InRange(least, 0, 80);
    }

    public void Dispose() => _watch.Dispose();

    private long Bytes(Message message)
    {
        const int Times = 1000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
            Tell(message);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Times;
    }

    private void Tell(Message message) =>
        _logger.Log(LogLevel.Information, Completed, message, exception: null, static (_, _) => string.Empty);

    [SuppressMessage("Performance", "CA1815", Justification = "Not compared.")]
    private readonly record struct Message(string[] Keys, long Milliseconds, int Connector = 7)
        : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => Keys.Length;

        public KeyValuePair<string, object?> this[int index] =>
            new(
                Keys[index],
                Keys[index] switch
                {
                    "DurationMs" => Milliseconds,
                    "ConnectorId" => Connector,
                    "CommandText" => "SELECT 1",
                    _ => null,
                }
            );

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => throw new NotSupportedException();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
