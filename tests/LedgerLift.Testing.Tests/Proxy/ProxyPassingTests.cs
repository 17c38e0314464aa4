using System.Net.Sockets;
using System.Text;

namespace LedgerLift.Testing.Tests;

public sealed class ProxyPassingTests : IAsyncLifetime
{
    private readonly ProxyRig _rig = new(captureLimit: 1000);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Bytes_flow_both_ways_and_are_counted_and_captured()
    {
        var (client, server) = await _rig.ConnectAsync();

        await client.SendTextAsync("ping");
        Assert.Equal("ping", await server.ReadTextAsync(4));
        await server.SendTextAsync("pong!");
        Assert.Equal("pong!", await client.ReadTextAsync(5));

        var connection = Assert.Single(_rig.Proxy.Connections);
        Assert.Equal((1, 1), (connection.Number, _rig.Proxy.ConnectionsAccepted));
        Assert.Equal(("ping", "ping"), Texts(connection.ClientToServer));
        Assert.Equal(("pong!", "pong!"), Texts(connection.ServerToClient));
        Assert.Equal((4L, 4L, 5L, 5L), (_rig.Up.BytesReceived, _rig.Up.BytesDelivered, _rig.Down.BytesReceived, _rig.Down.BytesDelivered));
    }

    [Fact]
    public async Task An_end_passes_behind_the_bytes_and_the_other_direction_goes_on()
    {
        var (client, server) = await _rig.ConnectAsync();

        await client.SendTextAsync("last words");
        client.Shutdown(SocketShutdown.Send);

        Assert.Equal(("last words", Ending.Fin), await server.ReadToEndAsync());
        await server.SendTextAsync("answer");
        server.Shutdown(SocketShutdown.Send);
        Assert.Equal(("answer", Ending.Fin), await client.ReadToEndAsync());
        await _rig.Proxy.Connections[0].Closed.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_reset_passes_as_a_reset()
    {
        var (client, server) = await _rig.ConnectAsync();

        client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Close();

        Assert.Equal(("", Ending.Reset), await server.ReadToEndAsync());
    }

    [Fact]
    public async Task A_client_that_left_shows_to_a_server_that_goes_on_sending()
    {
        var (client, server) = await _rig.ConnectAsync();
        client.Close();
        Assert.Equal(("", Ending.Fin), await server.ReadToEndAsync());

        var failure = await Assert.ThrowsAsync<SocketException>(() =>
            Poll.UntilAsync(async () =>
            {
                await server.SendTextAsync("anybody there?");
                return false;
            })
        );

        Assert.Contains(failure.SocketErrorCode, new[] { SocketError.ConnectionReset, SocketError.Shutdown });
    }

    [Fact]
    public async Task A_server_that_is_away_shows_as_a_reset()
    {
        _rig.StopServer();
        // Held until the client knows that it is connected; a reset that comes sooner fails its connect instead.
        _rig.Proxy.PauseAccept();
        var client = await _rig.ConnectClientAsync();

        _rig.Proxy.AcceptConnections();

        Assert.Equal(("", Ending.Reset), await client.ReadToEndAsync());
        Assert.Equal(1, _rig.Proxy.ConnectionsAccepted);
        Assert.Empty(_rig.Proxy.Connections);
    }

    [Fact]
    public async Task Connections_do_not_mix()
    {
        var pairs = new[] { await _rig.ConnectAsync(), await _rig.ConnectAsync(), await _rig.ConnectAsync() };

        for (var i = 0; i < pairs.Length; i++)
            await pairs[i].Client.SendTextAsync($"from {i}");

        for (var i = 0; i < pairs.Length; i++)
        {
            Assert.Equal($"from {i}", await pairs[i].Server.ReadTextAsync(6));
            Assert.Equal(($"from {i}", $"from {i}"), Texts(_rig.Proxy.Connections[i].ClientToServer));
        }
    }

    [Fact]
    public async Task A_large_copy_arrives_whole_and_a_small_capture_keeps_its_beginning()
    {
        var (client, server) = await _rig.ConnectAsync();
        var sent = new SeededRandom().Bytes(32 * 1024 * 1024);

        var reading = server.ReadBytesToEndAsync();
        await client.SendAllAsync(sent);
        client.Shutdown(SocketShutdown.Send);
        var (received, ending) = await reading;

        Assert.Equal(Ending.Fin, ending);
        Assert.True(sent.AsSpan().SequenceEqual(received));
        var traffic = _rig.Proxy.Connections[0].ClientToServer;
        Assert.Equal((sent.LongLength, sent.LongLength, false), (traffic.Received, traffic.Delivered, traffic.IsCaptureWhole));
        Assert.Equal(sent[..1000], traffic.ReceivedBytes());
        Assert.Equal(sent[..1000], traffic.DeliveredBytes());
    }

    [Fact]
    public async Task Disposal_resets_what_is_open_and_leaves_the_port()
    {
        var (client, server) = await _rig.ConnectAsync();
        await client.SendTextAsync("x");
        await server.ReadTextAsync(1);

        var address = _rig.Proxy.EndPoint;
        await _rig.Proxy.DisposeAsync();

        Assert.Equal(Ending.Reset, (await client.ReadToEndAsync()).Ending);
        Assert.Equal(Ending.Reset, (await server.ReadToEndAsync()).Ending);
        Assert.True(_rig.Proxy.Connections[0].Closed.IsCompletedSuccessfully);
        using var next = new TcpListener(address);
        next.Start();
    }

    private static (string Received, string Delivered) Texts(ProxyTraffic traffic) =>
        (Encoding.Latin1.GetString(traffic.ReceivedBytes()), Encoding.Latin1.GetString(traffic.DeliveredBytes()));
}
