using System.Net;
using System.Net.Sockets;

namespace LedgerLift.Testing;

/// <summary>
/// A TCP proxy on 127.0.0.1 that breaks connections to the byte, and shows what each side sent and what the other was given. Each direction is
/// controlled on its own (<see cref="ClientToServer"/>, <see cref="ServerToClient"/>) while connections run. Thread-safe.
/// </summary>
/// <remarks>
/// The client's connection is accepted before the server's is made: when the server refuses, the client sees a reset. Disposal resets what is
/// still open and waits until nothing runs any more.
/// </remarks>
public sealed class TcpFaultProxy : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Pulse _pulse = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<ProxyConnection> _connections = [];
    private readonly List<Task> _tasks = [];
    private readonly ProxyPort _port = new();
    private readonly EndPoint _target;
    private readonly int _captureLimit;
    private bool _open;
    private volatile bool _paused;
    private int _accepted;
    private bool _disposed;

    private TcpFaultProxy(EndPoint target, int captureLimit, TimeProvider time)
    {
        (_target, _captureLimit) = (target, captureLimit);
        ClientToServer = new ProxyLane("client to server", time, () => Connections.Select(connection => connection.Up));
        ServerToClient = new ProxyLane("server to client", time, () => Connections.Select(connection => connection.Down));
    }

    /// <summary>What clients send.</summary>
    public ProxyLane ClientToServer { get; }

    /// <summary>What the server sends.</summary>
    public ProxyLane ServerToClient { get; }

    /// <summary>Where clients connect to.</summary>
    public IPEndPoint EndPoint => _port.EndPoint;

    /// <summary>The port clients connect to, on 127.0.0.1.</summary>
    public int Port => EndPoint.Port;

    /// <summary>How many connections were accepted from clients.</summary>
    public int ConnectionsAccepted => Volatile.Read(ref _accepted);

    /// <summary>Every connection that reached the server, closed ones too, in order.</summary>
    public IReadOnlyList<ProxyConnection> Connections
    {
        get
        {
            lock (_lock)
                return [.. _connections];
        }
    }

    /// <summary>Starts a proxy on a free port.</summary>
    /// <param name="target">The server.</param>
    /// <param name="captureLimit">How many bytes to keep of each direction of each connection, once received and once delivered; 0: none.</param>
    /// <param name="timeProvider">The clock of delays and rates; null: the system's.</param>
    public static TcpFaultProxy Start(EndPoint target, int captureLimit = 1024 * 1024, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfNegative(captureLimit);
        var proxy = new TcpFaultProxy(target, captureLimit, timeProvider ?? TimeProvider.System);
        proxy.AcceptConnections();
        return proxy;
    }

    /// <inheritdoc cref="Start(EndPoint, int, TimeProvider?)"/>
    public static TcpFaultProxy Start(string host, int port, int captureLimit = 1024 * 1024) =>
        Start(IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port) : new DnsEndPoint(host, port), captureLimit);

    /// <summary>The reply to a request of the client is lost: see <see cref="ProxyLane.DropReplyTo"/>.</summary>
    public FaultRule DropReplyTo(
        ReadOnlySpan<byte> pattern,
        Fault fault = Fault.Reset,
        ReadOnlySpan<byte> replyUntil = default,
        FaultSchedule? schedule = null
    ) => ClientToServer.DropReplyTo(pattern, fault, replyUntil, schedule);

    /// <summary>New connections are refused from now on; open ones go on.</summary>
    public void RefuseConnections()
    {
        lock (_lock)
        {
            _open = false;
            _port.Close();
        }
    }

    /// <summary>New connections are accepted again, on the same port, after <see cref="RefuseConnections"/> or <see cref="PauseAccept"/>.</summary>
    public void AcceptConnections()
    {
        _paused = false;
        _pulse.Beat();
        lock (_lock)
        {
            if (_open)
                return;
            _open = true;
            _tasks.Add(AcceptAsync(_port.Open()));
        }
    }

    /// <summary>New connections are made by the kernel and then nobody answers them, until <see cref="AcceptConnections"/>.</summary>
    public void PauseAccept() => _paused = true;

    /// <summary>Every open connection ends gracefully now.</summary>
    public void CutAll() => OnEach(connection => connection.Cut());

    /// <summary>Every open connection is reset now.</summary>
    public void ResetAll() => OnEach(connection => connection.Reset());

    /// <summary>Completes when so many connections have reached the server, from the proxy's start.</summary>
    /// <returns>The connection of that number.</returns>
    /// <exception cref="TimeoutException">Not within <paramref name="timeout"/> (null: 10 seconds).</exception>
    public async Task<ProxyConnection> WaitForConnectionAsync(int count = 1, TimeSpan? timeout = null)
    {
        var limit = timeout ?? TimeSpan.FromSeconds(10);
        await _pulse.UntilAsync(() => Connections.Count >= count, limit, () => $"{Connections.Count} of {count} connections in {limit}.");
        return Connections[count - 1];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, value: true))
            return;
        RefuseConnections();
        await _stop.CancelAsync();
        Task[] tasks;
        lock (_lock)
            tasks = [.. _tasks];
        ResetAll();
        await Task.WhenAll(tasks);
        _port.Dispose();
        _stop.Dispose();
    }

    private void OnEach(Action<ProxyConnection> action)
    {
        foreach (var connection in Connections.Where(connection => !connection.Closed.IsCompleted))
            action(connection);
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync(_stop.Token);
                lock (_lock)
                    _tasks.Add(ServeAsync(client));
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Refusing or disposing closed the listener.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var client = new PeerSocket(socket);
        try
        {
            for (var next = _pulse.Next; _paused; next = _pulse.Next)
                await next.WaitAsync(_stop.Token);
            Interlocked.Increment(ref _accepted);
            using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await server.ConnectAsync(_target, _stop.Token);
            await Register(client, new PeerSocket(server)).Closed;
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException)
        {
            client.Rst();
        }
    }

    private ProxyConnection Register(PeerSocket client, PeerSocket server)
    {
        ProxyConnection connection;
        lock (_lock)
        {
            _stop.Token.ThrowIfCancellationRequested();
            connection = new ProxyConnection(_connections.Count + 1, client, server, (ClientToServer, ServerToClient), _captureLimit);
            _connections.Add(connection);
            connection.Start();
        }

        _pulse.Beat();
        return connection;
    }
}
