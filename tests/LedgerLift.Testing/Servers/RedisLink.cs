using System.Diagnostics.CodeAnalysis;
using StackExchange.Redis;

namespace LedgerLift.Testing;

/// <summary>A connection to Redis that is ended without waiting for anything.</summary>
/// <remarks>
/// The client's own <c>Dispose</c> says goodbye and blocks for the answers. Done after an <c>await</c> of one, that may be on the thread which
/// reads them, see <see cref="RedisKeys.OfAsync"/>, and behind a proxy that swallows everything nobody ever answers: either costs the whole time limit.
/// </remarks>
public sealed class RedisLink : IAsyncDisposable
{
    private RedisLink(ConnectionMultiplexer connection) => Connection = connection;

    /// <summary>The client.</summary>
    public ConnectionMultiplexer Connection { get; }

    /// <summary>Connects.</summary>
    /// <exception cref="RedisConnectionException">Nobody answers, and the options do not say to go on without.</exception>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "Here it is ended as it should be.")]
    public static async Task<RedisLink> OpenAsync(ConfigurationOptions options) => new(await ConnectionMultiplexer.ConnectAsync(options));

    /// <inheritdoc cref="OpenAsync(ConfigurationOptions)"/>
    public static Task<RedisLink> OpenAsync(string address) => OpenAsync(ConfigurationOptions.Parse(address));

    /// <summary>Ends it. What was sent without waiting for the answer may be lost.</summary>
    public async ValueTask DisposeAsync()
    {
        await Connection.CloseAsync(allowCommandsToComplete: false);
        Connection.Dispose();
    }
}
