using LedgerLift.Testing;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>The server behind a fault proxy, and a connection through it.</summary>
public sealed class RedisProxyFixture : RedisFixture
{
    private TcpFaultProxy? _proxy;
    private RedisLink? _through;

    public TcpFaultProxy Proxy => _proxy ?? throw new InvalidOperationException("The fixture is not initialized.");

    /// <summary>The connection by way of the proxy.</summary>
    public IConnectionMultiplexer Through => _through?.Connection ?? throw new InvalidOperationException("The fixture is not initialized.");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _proxy = StartProxy(captureLimit: 0);
        _through = await RedisLink.OpenAsync(Options(_proxy));
    }

    public override async ValueTask DisposeAsync()
    {
        if (_through is not null)
            await _through.DisposeAsync();
        if (_proxy is not null)
            await _proxy.DisposeAsync();
        await base.DisposeAsync();
    }
}
