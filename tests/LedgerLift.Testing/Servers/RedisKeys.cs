using System.Diagnostics.CodeAnalysis;
using StackExchange.Redis;

namespace LedgerLift.Testing;

/// <summary>What is on a Redis server.</summary>
public static class RedisKeys
{
    /// <summary>The keys that begin with a prefix, on whichever master they are.</summary>
    /// <remarks>
    /// The client lists keys by calls that block. After an <c>await</c> of one of its answers that is done on another thread: 1.2.6 goes on with
    /// its caller on the thread that reads the answers when one comes in the moment in which it begins to be waited for, and who blocks there
    /// waits for what nobody reads.
    /// </remarks>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "On a thread of its own.")]
    public static Task<IReadOnlyList<RedisKey>> OfAsync(IEnumerable<IServer> masters, string prefix, int database = 0) =>
        Task.Run<IReadOnlyList<RedisKey>>(() =>
            masters.SelectMany(server => server.Keys(database, prefix + "*", pageSize: 1000)).ToArray()
        );
}
