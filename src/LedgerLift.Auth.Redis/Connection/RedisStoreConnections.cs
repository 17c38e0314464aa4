using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>The connections of a host's token store: its own, when the options say how to reach the server, else the host's.</summary>
internal sealed class RedisStoreConnections : IAsyncDisposable, IDisposable
{
    internal RedisStoreConnections(RedisTokenStoreOptions options, IServiceProvider provider)
    {
        var timeProvider = provider.GetService<TimeProvider>() ?? TimeProvider.System;
        var logger = provider.GetService<ILogger<RedisTokenStore>>();
        Main = RedisConnection.For(
            options.Configuration,
            options.Database,
            timeProvider,
            logger,
            provider.GetService<IConnectionMultiplexer>
        );
        if (options.RequiredReplicas > 0)
            Acknowledgements = RedisConnection.For(
                options.Configuration,
                options.Database,
                timeProvider,
                logger,
                () => provider.GetKeyedService<IConnectionMultiplexer>(AuthRedisServiceCollectionExtensions.AcknowledgementsKey)
            );
    }

    internal RedisConnection Main { get; }

    internal RedisConnection? Acknowledgements { get; }

    public void Dispose()
    {
        Main.Dispose();
        Acknowledgements?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await Main.DisposeAsync().ConfigureAwait(false);
        if (Acknowledgements is not null)
            await Acknowledgements.DisposeAsync().ConfigureAwait(false);
    }
}
