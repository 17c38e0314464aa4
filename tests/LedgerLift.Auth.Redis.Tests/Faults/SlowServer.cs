using LedgerLift.Testing;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>A server that was once slow to answer.</summary>
internal static class SlowServer
{
    /// <summary>
    /// A connection whose client looked at the server while it did not answer. It sends such a server nothing until it looks again, or finds by
    /// its heartbeat, about once a second, that the connection is there.
    /// </summary>
    public static async Task<RedisLink> OpenAsync(TcpFaultProxy proxy)
    {
        var options = ConfigurationOptions.Parse($"127.0.0.1:{proxy.Port}");
        // So long it waits for a server that it looks at.
        options.ConnectTimeout = 300;
        var link = await RedisLink.OpenAsync(options);
        do
        {
            proxy.ServerToClient.Stall();
            await link.Connection.ConfigureAsync();
            proxy.ServerToClient.Pass();
        } while (await AnswersAsync(link));

        return link;
    }

    private static async Task<bool> AnswersAsync(RedisLink link)
    {
        try
        {
            await link.Connection.GetDatabase().PingAsync();
            return true;
        }
        catch (RedisConnectionException)
        {
            return false;
        }
    }
}
