using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

namespace LedgerLift.Testing;

/// <summary>One connection through a <see cref="TcpFaultProxy"/>: what flowed, and how to break just this one. Thread-safe.</summary>
[SuppressMessage("Design", "CA1001", Justification = NothingToRelease)]
public sealed class ProxyConnection
{
    private const string NothingToRelease =
        "A cancellation source without a timer holds nothing; the sockets are closed when the pumps end.";

    [SuppressMessage("Reliability", "S2930", Justification = NothingToRelease)]
    private readonly CancellationTokenSource _stop = new();
    private readonly PeerSocket _client;
    private readonly PeerSocket _server;
    private volatile bool _reset;

    internal ProxyConnection(int number, PeerSocket client, PeerSocket server, (ProxyLane Up, ProxyLane Down) lanes, int captureLimit)
    {
        Number = number;
        (_client, _server) = (client, server);
        Up = new ProxyStream(this, lanes.Up, client, server, captureLimit);
        Down = new ProxyStream(this, lanes.Down, server, client, captureLimit);
    }

    /// <summary>1 for the proxy's first connection, and so on.</summary>
    public int Number { get; }

    /// <summary>What flowed from the client to the server.</summary>
    public ProxyTraffic ClientToServer => Up.Traffic;

    /// <summary>What flowed from the server to the client.</summary>
    public ProxyTraffic ServerToClient => Down.Traffic;

    /// <summary>Completes when both peers have ended, or the proxy has reset them.</summary>
    public Task Closed { get; private set; } = Task.CompletedTask;

    internal ProxyStream Up { get; }

    internal ProxyStream Down { get; }

    /// <summary>Both peers see a graceful end now, behind what has been delivered.</summary>
    public void Cut()
    {
        Up.End();
        Down.End();
    }

    /// <summary>Both peers see a reset now.</summary>
    public void Reset()
    {
        _reset = true;
        Up.SetMode(FlowMode.Ended);
        Down.SetMode(FlowMode.Ended);
        _server.Rst();
        _client.Rst();
        _stop.Cancel();
    }

    internal ProxyStream Opposite(ProxyStream stream) => stream == Up ? Down : Up;

    internal void Start() => Closed = RunAsync();

    private async Task RunAsync()
    {
        await Task.Yield();
        Func<CancellationToken, Task>[] pumps = [Up.ReadAsync, Up.WriteAsync, Down.ReadAsync, Down.WriteAsync];
        await Task.WhenAll(pumps.Select(WatchAsync));
        _client.Dispose();
        _server.Dispose();
    }

    private async Task WatchAsync(Func<CancellationToken, Task> pump)
    {
        try
        {
            await pump(_stop.Token);
        }
        catch (Exception ended) when (_reset && ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // A reset took the socket from under the pump; whichever way it noticed, that is its end.
        }
        catch
        {
            // One pump that broke must not leave the other three waiting; whoever disposes the proxy gets the exception.
            Reset();
            throw;
        }
    }
}
