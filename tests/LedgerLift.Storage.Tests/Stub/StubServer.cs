using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LedgerLift.Storage.Tests;

/// <summary>
/// A server on loopback that answers as it is told and keeps every request whose head arrived: what no real server can be made to say on demand, such as the
/// refusals of AWS, and the only place where requests on the wire can be counted one by one.
/// </summary>
internal sealed class StubServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<StubRequest> _requests = [];
    private readonly List<Task> _tasks = [];
    private readonly Func<StubRequest, int, StubAnswer> _answer;

    /// <summary>Starts.</summary>
    /// <param name="answer">Given a request and how many of its operation came before it.</param>
    public StubServer(Func<StubRequest, int, StubAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        _tasks.Add(AcceptAsync());
    }

    public string Url => $"http://{_listener.LocalEndpoint}";

    public IReadOnlyList<StubRequest> Requests
    {
        get
        {
            lock (_lock)
                return [.. _requests];
        }
    }

    public StorageOptions NewOptions(ObjectStoreProvider provider = ObjectStoreProvider.S3Compatible) =>
        new()
        {
            Provider = provider,
            ServiceUrl = Url,
            Bucket = "bucket",
            AccessKey = "access",
            SecretKey = "secret",
            ForcePathStyle = true,
            HealthCacheDuration = TimeSpan.Zero,
            Resilience =
            {
                Retry =
                {
                    BaseDelay = TimeSpan.FromMilliseconds(1),
                    MaxDelay = TimeSpan.FromMilliseconds(5),
                    MaxRetryAfter = TimeSpan.Zero,
                },
            },
        };

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
                lock (_lock)
                    _tasks.Add(ServeAsync(client));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        {
            try
            {
                await using var stream = new NetworkStream(client);
                var goesOn = true;
                while (goesOn)
                    goesOn = await ReadAsync(stream) is { } request && await AnswerAsync(client, stream, request);
            }
            catch (Exception ended) when (ended is IOException or OperationCanceledException or SocketException)
            {
                // The client went, or the test is over.
            }
        }
    }

    private async Task<bool> AnswerAsync(Socket client, NetworkStream stream, StubRequest request)
    {
        StubAnswer answer;
        lock (_lock)
        {
            var earlier = _requests.Count(other => string.Equals(other.Operation, request.Operation, StringComparison.Ordinal));
            _requests.Add(request);
            answer = _answer(request, earlier);
        }

        if (answer == StubAnswer.Silence)
            await Task.Delay(Timeout.Infinite, _stop.Token);
        if (answer == StubAnswer.Reset)
            client.LingerState = new LingerOption(enable: true, seconds: 0);
        if (answer.Status <= 0)
            return false;
        var bytes = answer.ToBytes(withBody: request.Method != "HEAD");
        var first = answer.IsInTwo ? bytes.Length / 2 : bytes.Length;
        await stream.WriteAsync(bytes.AsMemory(0, first), _stop.Token);
        await stream.WriteAsync(bytes.AsMemory(first), _stop.Token);
        return true;
    }

    private async Task<StubRequest?> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!EndsHead(head))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
                return null;
            head.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var words = lines[0].Split(' ');
        var headers = lines[1..]
            .Select(line => line.Split(':', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        if (headers.ContainsKey("Expect"))
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), _stop.Token);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return new StubRequest(words[0], words[1], headers, body);
    }

    private static bool EndsHead(List<byte> head) => head is [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'];
}
