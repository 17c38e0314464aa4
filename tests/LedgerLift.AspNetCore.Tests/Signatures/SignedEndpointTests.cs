using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LedgerLift.Auth;
using LedgerLift.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LedgerLift.AspNetCore.Tests;

public sealed class SignedEndpointTests : IAsyncLifetime
{
    private const int Limit = 2 * 1024 * 1024;
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdeF");

    private readonly ManualTimeProvider _clock = new();
    private readonly FragileReplayGuard _guard = new();
    private WebHost _host = null!;
    private int _runs;

    public async ValueTask InitializeAsync() =>
        _host = await WebHost.StartAsync(
            app =>
            {
                app.MapPost("/webhook", (Dictionary<string, int> body) => Interlocked.Increment(ref _runs) + ":" + body["x"])
                    .RequireHmacSignature("hooks");
                app.MapPost("/raw", CountAsync).RequireHmacSignature();
                var group = app.MapGroup("/group").RequireHmacSignature("hooks");
                group.MapGet("/x", () => "x");
            },
            builder =>
                builder
                    .Services.AddSingleton<TimeProvider>(_clock)
                    .AddSingleton<IReplayGuard>(_guard)
                    .AddLedgerLiftHmacSignatures("hooks", static options => options.Keys.Add(new HmacKey("k1", Secret)))
                    .AddLedgerLiftHmacSignatures(
                        "",
                        static options =>
                        {
                            options.Keys.Add(new HmacKey("k1", Secret));
                            options.MaxBodyBytes = Limit;
                        }
                    )
        );

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_signed_request_reaches_its_endpoint_with_its_body()
    {
        using var response = await PostAsync("/webhook", """{"x":7}""");

        Assert.Equal("1:7", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task All_endpoints_of_a_group_ask_for_it()
    {
        using var bare = await _host.Client.GetAsync("/group/x");

        await Problem.ReadAsync(bare, HttpStatusCode.Unauthorized, "invalid_signature");
    }

    public static TheoryData<string, Action<HttpRequestMessage>> Forgeries =>
        new()
        {
            { "missing", static request => request.Headers.Remove("X-Signature") },
            { "no timestamp", static request => request.Headers.Remove("X-Timestamp") },
            { "empty", static request => Replace(request, "X-Signature", "") },
            { "malformed", static request => Replace(request, "X-Signature", "zz") },
            { "twice", static request => request.Headers.Add("X-Signature", request.Headers.GetValues("X-Signature").Single()) },
            { "wrong", static request => Replace(request, "X-Signature", new string('a', 64)) },
            { "another body", static request => request.Content = Json("""{"x":8}""") },
            { "another time", static request => Replace(request, "X-Timestamp", "1907756401") },
            { "stale", static request => Sign(request, """{"x":7}""", ManualTimeProvider.DefaultStart.AddMinutes(-5).AddSeconds(-1)) },
            { "future", static request => Sign(request, """{"x":7}""", ManualTimeProvider.DefaultStart.AddMinutes(5).AddSeconds(1)) },
        };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Every_bad_signature_is_answered_with_one_and_the_same_401(string kind, Action<HttpRequestMessage> forge)
    {
        using var request = Signed("/webhook", """{"x":7}""", _clock.GetUtcNow());
        forge(request);

        using var response = await _host.Client.SendAsync(request);

        var problem = await Problem.ReadAsync(response, HttpStatusCode.Unauthorized, "invalid_signature");
        var shown = problem.Body.GetRawText().Replace(problem.RequestId, "", StringComparison.Ordinal);
        Assert.Equal(
            """{"type":"about:blank","title":"Unauthorized","status":401,"code":"invalid_signature","requestId":"","timestamp":"2030-06-15T12:00:00+00:00"}""",
            shown
        );
        Assert.Empty(response.Headers.WwwAuthenticate);
        Assert.True(_runs == 0, kind);
    }

    [Fact]
    public async Task A_replay_is_refused()
    {
        using var first = await PostAsync("/webhook", """{"x":7}""");
        using var second = await PostAsync("/webhook", """{"x":7}""");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await Problem.ReadAsync(second, HttpStatusCode.Unauthorized, "invalid_signature");
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task A_replay_guard_that_is_down_lets_nobody_in()
    {
        _guard.Failure = new TokenStoreException("redis-1:6379", TokenStoreErrorCodes.Unavailable, isTransient: true);

        using var response = await PostAsync("/webhook", """{"x":7}""");

        await Problem.ReadAsync(response, HttpStatusCode.ServiceUnavailable, "token_store_unavailable");
        Assert.Equal(0, _runs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    [InlineData(Limit)]
    public async Task A_body_up_to_the_limit_waits_in_the_pipe(int length)
    {
        using var response = await PostAsync("/raw", new string('x', length));

        Assert.Equal(length.ToString(CultureInfo.InvariantCulture), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_longer_one_is_413_before_it_is_sent()
    {
        var text = await ExchangeAsync(
            $"POST /raw HTTP/1.1\r\nHost: x\r\nX-Signature: {new string('a', 64)}\r\nX-Timestamp: {_clock.GetUtcNow().ToUnixTimeSeconds()}\r\nContent-Length: 1073741824\r\n\r\nabc"
        );

        Assert.StartsWith("HTTP/1.1 413 ", text, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"body_too_large\"", text, StringComparison.Ordinal);
        Assert.Contains("Connection: close", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_without_a_length_is_413_at_the_limit_and_not_read_on()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_host.Address.Host, _host.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /raw HTTP/1.1\r\nHost: x\r\nX-Signature: {new string('a', 64)}\r\nX-Timestamp: {_clock.GetUtcNow().ToUnixTimeSeconds()}\r\nTransfer-Encoding: chunked\r\n\r\n"
            )
        );
        var chunk = Encoding.ASCII.GetBytes($"{64 * 1024:x}\r\n{new string('x', 64 * 1024)}\r\n");
        var sent = 0L;
        while (!stream.DataAvailable)
        {
            await stream.WriteAsync(chunk);
            sent += 64 * 1024;
            await Task.Yield();
        }

        var buffer = new byte[4096];
        var read = await stream.ReadAsync(buffer);
        Assert.StartsWith("HTTP/1.1 413 ", Encoding.ASCII.GetString(buffer, 0, read), StringComparison.Ordinal);
        // What was sent beyond the limit fits into the buffers on the way.
        Assert.InRange(sent, Limit, Limit + (16 * 1024 * 1024));
    }

    [Fact]
    public async Task A_name_without_a_verifier_is_an_error_that_says_so()
    {
        await using var host = await WebHost.StartAsync(static app => app.MapGet("/", static () => "x").RequireHmacSignature("nobody"));

        using var response = await host.Client.GetAsync("/");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains(host.Log.Records, record => record.Exception?.Message.Contains("'nobody'", StringComparison.Ordinal) is true);
    }

    private async Task<string> ExchangeAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_host.Address.Host, _host.Address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        var buffer = new byte[8192];
        var text = "";
        while (!text.Contains('}', StringComparison.Ordinal))
        {
            var read = await socket.GetStream().ReadAsync(buffer);
            if (read == 0)
                break;
            text += Encoding.ASCII.GetString(buffer, 0, read);
        }

        return text;
    }

    private Task<HttpResponseMessage> PostAsync(string path, string body) => _host.Client.SendAsync(Signed(path, body, _clock.GetUtcNow()));

    private static HttpRequestMessage Signed(string path, string body, DateTimeOffset at)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Json(body) };
        Sign(request, body, at);
        return request;
    }

    private static void Sign(HttpRequestMessage request, string body, DateTimeOffset at)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        Replace(request, "X-Timestamp", timestamp);
        Replace(request, "X-Signature", HmacSignature.Compute(Secret, timestamp, Encoding.UTF8.GetBytes(body)));
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static void Replace(HttpRequestMessage request, string header, string value)
    {
        request.Headers.Remove(header);
        request.Headers.TryAddWithoutValidation(header, value);
    }

    private static async Task CountAsync(HttpContext context)
    {
        var buffer = new byte[16 * 1024];
        var length = 0L;
        for (int read; (read = await context.Request.Body.ReadAsync(buffer)) > 0; )
            length += read;
        await context.Response.WriteAsync(length.ToString(CultureInfo.InvariantCulture));
    }
}
