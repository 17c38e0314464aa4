using System.Net;
using System.Net.Sockets;

namespace LedgerLift.Benchmarks;

/// <summary>An S3 server on loopback that takes everything and keeps nothing, so that what is measured is the client.</summary>
internal sealed class DiscardingSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _tasks = [];
    private readonly Lock _lock = new();
    private long _taken;

    public DiscardingSink()
    {
        _listener.Start();
        _tasks.Add(AcceptAsync());
    }

    public string Url => $"http://{_listener.LocalEndpoint}";

    /// <summary>Bytes of bodies since the last upload began; a question for an object is answered with it.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    public void Begin() => Interlocked.Exchange(ref _taken, 0);

    public void Take(long bytes) => Interlocked.Add(ref _taken, bytes);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        Task[] tasks;
        lock (_lock)
            tasks = [.. _tasks];
        await Task.WhenAll(tasks);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                client.NoDelay = true;
                lock (_lock)
                    _tasks.Add(new SinkConnection(this, client).ServeAsync(_stop.Token));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }
}
