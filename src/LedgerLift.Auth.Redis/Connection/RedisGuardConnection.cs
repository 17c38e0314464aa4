using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>The connection of a host's replay guard: its own, when the options say how to reach the server, else the host's.</summary>
internal sealed class RedisGuardConnection(RedisReplayGuardOptions options, IServiceProvider provider) : IAsyncDisposable, IDisposable
{
    internal RedisConnection Connection { get; } =
        RedisConnection.For(
            options.Configuration,
            options.Database,
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetService<ILogger<RedisReplayGuard>>(),
            provider.GetService<IConnectionMultiplexer>
        );

    public void Dispose() => Connection.Dispose();

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
