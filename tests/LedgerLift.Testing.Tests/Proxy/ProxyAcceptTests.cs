using System.Net.Sockets;

namespace LedgerLift.Testing.Tests;

public sealed class ProxyAcceptTests : IAsyncLifetime
{
    private readonly ProxyRig _rig = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Refused_connections_come_back_on_the_same_port_and_open_ones_stay()
    {
        var (client, server) = await _rig.ConnectAsync();
        var port = _rig.Proxy.Port;

        for (var round = 0; round < 3; round++)
        {
            _rig.Proxy.RefuseConnections();
            var refusal = await Assert.ThrowsAsync<SocketException>(_rig.ConnectClientAsync);
            Assert.Equal(SocketError.ConnectionRefused, refusal.SocketErrorCode);

            _rig.Proxy.AcceptConnections();
            var (another, itsServer) = await _rig.ConnectAsync();
            await another.SendTextAsync("new");
            Assert.Equal("new", await itsServer.ReadTextAsync(3));
        }

        await client.SendTextAsync("old");
        Assert.Equal("old", await server.ReadTextAsync(3));
        Assert.Equal((port, 4), (_rig.Proxy.Port, _rig.Proxy.ConnectionsAccepted));
    }

    [Fact]
    public async Task A_paused_proxy_is_connected_to_but_silent_until_it_goes_on()
    {
        _rig.Proxy.PauseAccept();
        var client = await _rig.ConnectClientAsync();
        await client.SendTextAsync("anybody?");
        Assert.Equal(0, _rig.Proxy.ConnectionsAccepted);

        _rig.Proxy.AcceptConnections();

        await _rig.Proxy.WaitForConnectionAsync();
        await Poll.UntilAsync(() => _rig.Up.BytesDelivered == 8, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(1, _rig.Proxy.ConnectionsAccepted);
    }

    [Fact]
    public async Task A_paused_proxy_can_be_disposed()
    {
        _rig.Proxy.PauseAccept();
        var client = await _rig.ConnectClientAsync();

        await _rig.Proxy.DisposeAsync();

        Assert.Equal(("", Ending.Reset), await client.ReadToEndAsync());
    }

    [Fact]
    public async Task A_vain_wait_for_a_connection_says_so()
    {
        var failure = await Assert.ThrowsAsync<TimeoutException>(() => _rig.Proxy.WaitForConnectionAsync(1, TimeSpan.FromMilliseconds(20)));

        Assert.Contains("0 of 1 connections", failure.Message, StringComparison.Ordinal);
    }
}
