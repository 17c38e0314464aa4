using System.Net;
using System.Net.Sockets;

namespace LedgerLift.Testing.Tests;

/// <summary>A server, a proxy before it and clients, all in this process; the server's and the client's end of each connection are the test's.</summary>
internal sealed class ProxyRig : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _sockets = [];

    public ProxyRig(int captureLimit = 1024 * 1024, TimeProvider? time = null, int serverReceiveBuffer = 0)
    {
        if (serverReceiveBuffer > 0)
            _listener.Server.ReceiveBufferSize = serverReceiveBuffer;
        _listener.Start();
        Proxy = TcpFaultProxy.Start(_listener.LocalEndpoint, captureLimit, time);
    }

    public TcpFaultProxy Proxy { get; }

    public ProxyLane Up => Proxy.ClientToServer;

    public ProxyLane Down => Proxy.ServerToClient;

    public async Task<(Socket Client, Socket Server)> ConnectAsync()
    {
        // The proxy waits until the client knows that it is connected: a reset that comes sooner would fail its connect instead.
        Proxy.PauseAccept();
        var client = await ConnectClientAsync();
        Proxy.AcceptConnections();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var server = await _listener.AcceptSocketAsync(limit.Token);
        _sockets.Add(server);
        await Proxy.WaitForConnectionAsync(Proxy.ConnectionsAccepted);
        return (client, server);
    }

    public async Task<Socket> ConnectClientAsync()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _sockets.Add(client);
        await client.ConnectAsync(Proxy.EndPoint);
        return client;
    }

    public void StopServer() => _listener.Stop();

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        _listener.Dispose();
        foreach (var socket in _sockets)
            socket.Dispose();
    }
}
