using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>
/// Makes a connection of our own anew when it has gone silent. The client waits for ever on one whose other end vanished without a word, and version 1.2.6
/// can lose one that breaks while it is made: it then takes itself for connected and sends nothing any more.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class ConnectionRenewal(ConfigurationOptions configuration, TimeProvider timeProvider, ILogger? logger)
{
    /// <summary>How long a node may be silent. Longer than a restart or a failover takes, which the client gets over by itself.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = logger ?? NullLogger.Instance;
    private long? _silentSince;

    /// <summary>Asks all nodes, to be called when a command had no answer.</summary>
    /// <returns>A new connection when a node has not answered on the old one for <see cref="Longest"/> and does on the new one; else null.</returns>
    internal async Task<IConnectionMultiplexer?> TryAsync(IConnectionMultiplexer connection)
    {
        var answering = await AnsweringAsync(connection).ConfigureAwait(false);
        var silent = connection.GetEndPoints().Where(node => !answering.Contains(node)).ToArray();
        if (silent.Length == 0)
        {
            _silentSince = null;
            return null;
        }

        _silentSince ??= timeProvider.GetTimestamp();
        if (timeProvider.GetElapsedTime(_silentSince.Value) < Longest)
            return null;
        _silentSince = null;
        return await OpenAsync(silent).ConfigureAwait(false);
    }

    // A server that is down is just as silent on a new connection, and the client will find it when it comes back.
    private async Task<IConnectionMultiplexer?> OpenAsync(EndPoint[] silent)
    {
        var fresh = await ConnectionMultiplexer.ConnectAsync(configuration).ConfigureAwait(false);
        var answering = await AnsweringAsync(fresh).ConfigureAwait(false);
        if (silent.Any(answering.Contains))
        {
            Log.ConnectionRenewed(_logger, Longest.TotalSeconds);
            return fresh;
        }

        await RedisConnection.CloseAsync(fresh).ConfigureAwait(false);
        return null;
    }

    private async Task<HashSet<EndPoint>> AnsweringAsync(IConnectionMultiplexer connection)
    {
        var nodes = connection.GetEndPoints();
        var answers = await Task.WhenAll(nodes.Select(node => AnswersAsync(connection, node))).ConfigureAwait(false);
        return nodes.Zip(answers).Where(static node => node.Second).Select(static node => node.First).ToHashSet();
    }

    private async Task<bool> AnswersAsync(IConnectionMultiplexer connection, EndPoint node)
    {
        try
        {
            var ping = connection.GetServer(node).PingAsync();
            BoundedCall.Abandon(ping);
            await ping.WaitAsync(Patience, timeProvider).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return false;
        }
    }
}
