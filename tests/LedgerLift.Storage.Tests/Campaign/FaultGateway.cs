using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace LedgerLift.Storage.Tests;

/// <summary>
/// Stands in front of an S3 server and does to a share of the requests what networks and busy servers do. It understands requests, so that it can answer 503 and count bodies;
/// what needs no understanding is done by the kit's proxy.
/// </summary>
internal sealed class FaultGateway : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, byte> _connections = new();
    private readonly Uri _server;
    private readonly double _share;
    private readonly Random _random;
    private readonly Lock _lock = new();
    private readonly int[] _faults = new int[Enum.GetValues<GatewayFault>().Length];
    private readonly Task _accepting;
    private long _requests;
    private long _bodyBytes;

    private FaultGateway(Uri server, double share, Random random)
    {
        (_server, _share, _random) = (server, share, random);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Requests whose head arrived here.</summary>
    public long Requests => Volatile.Read(ref _requests);

    /// <summary>Bytes of request bodies that arrived here, whatever became of them.</summary>
    public long BodyBytes => Volatile.Read(ref _bodyBytes);

    /// <summary>Called with <see cref="BodyBytes"/> as it grows.</summary>
    public Action<long>? OnBodyBytes { get; set; }

    /// <summary>How often each fault was done.</summary>
    public IReadOnlyDictionary<GatewayFault, int> Faults
    {
        get
        {
            lock (_lock)
                return Enum.GetValues<GatewayFault>().ToDictionary(static fault => fault, fault => _faults[(int)fault]);
        }
    }

    /// <summary>Starts a gateway that lets the given share of the requests, 0 to 1, meet a fault.</summary>
    public static FaultGateway Start(Uri server, double share, Random random) => new(server, share, random);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections.Keys);
        _stop.Dispose();
    }

    internal void CountRequest() => Interlocked.Increment(ref _requests);

    internal void CountBody(int bytes)
    {
        var all = Interlocked.Add(ref _bodyBytes, bytes);
        OnBodyBytes?.Invoke(all);
    }

    internal GatewayFault Draw()
    {
        lock (_lock)
        {
            var fault = _random.Next(1_000_000) < _share * 1_000_000 ? (GatewayFault)_random.Next(1, _faults.Length) : GatewayFault.None;
            _faults[(int)fault]++;
            return fault;
        }
    }

    /// <summary>A number from 0 to below the limit.</summary>
    internal int Draw(int limit)
    {
        lock (_lock)
            return _random.Next(limit);
    }

    internal async Task<HttpPeer> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(_server.Host, _server.Port, _stop.Token);
        return new HttpPeer(socket);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                socket.NoDelay = true;
                var connection = new GatewayConnection(this, new HttpPeer(socket)).RunAsync(_stop.Token);
                _connections.TryAdd(connection, 0);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The gateway closes.
        }
    }
}
