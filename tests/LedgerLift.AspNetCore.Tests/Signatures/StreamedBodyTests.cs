using System.Globalization;
using System.Net;
using LedgerLift.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LedgerLift.AspNetCore.Tests;

[Collection(nameof(Alone))]
public sealed class StreamedBodyTests : IAsyncLifetime
{
    private const long Gigabyte = 1024L * 1024 * 1024;
    private static readonly byte[] Secret = System.Text.Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdeF");

    private WebHost _host = null!;
    private int _begun;
    private int _read;
    private long _peak;

    public async ValueTask InitializeAsync() =>
        _host = await WebHost.StartAsync(
            app =>
            {
                app.MapPost("/read/{*rest}", ReadAllAsync).RequireHmacSignature();
                app.MapPost("/unread", () => Results.NoContent()).RequireHmacSignature();
                app.MapPost("/json", (int[] body) => body.Length).RequireHmacSignature();
                app.MapPost("/hasty", HurryAsync).RequireHmacSignature();
            },
            static builder => builder.Services.AddLedgerLiftHmacSignatures("", Configure)
        );

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_gigabyte_goes_through_in_constant_memory()
    {
        await SendAsync("/read", 1024 * 1024);
#pragma warning disable S1215 // What is alive before is what the test compares with.
        var before = GC.GetTotalMemory(forceFullCollection: true);
#pragma warning restore S1215

        using var response = await SendAsync("/read", Gigabyte);

        Assert.Equal(Gigabyte.ToString(CultureInfo.InvariantCulture), await response.Content.ReadAsStringAsync());
        Assert.InRange(_peak - before, long.MinValue, 48L * 1024 * 1024);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64 * 1024)]
    [InlineData((64 * 1024) + 1)]
    [InlineData(5_000_000)]
    public async Task Short_and_long_bodies_arrive_whole(long length)
    {
        using var response = await SendAsync("/read/a%20b/%2F?z=1&a=%20", length);

        Assert.Equal(length.ToString(CultureInfo.InvariantCulture), await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/read", 5_000_000, 4_999_999)]
    [InlineData("/read", 5_000_000, 0)]
    [InlineData("/unread", 200_000, 199_999)]
    [InlineData("/json", 200_000, 100)]
    [InlineData("/read", 1000, 999)]
    public async Task A_body_that_is_not_the_signed_one_is_refused(string path, long length, long wrongAt)
    {
        using var response = await SendAsync(path, length, wrongAt);

        await Problem.ReadAsync(response, HttpStatusCode.Unauthorized, "invalid_signature");
        Assert.Equal(0, _read);
        // A short body is verified before the endpoint sees it.
        Assert.True(length > 64 * 1024 || _begun == 0);
    }

    [Fact]
    public async Task An_answer_that_had_begun_before_the_end_is_cut_off() =>
        await Assert.ThrowsAnyAsync<HttpRequestException>(async () =>
        {
            using var response = await SendAsync("/hasty", 5_000_000, wrongAt: 4_999_999);
            await response.Content.ReadAsStringAsync();
        });

    [Fact]
    public async Task A_body_over_the_limit_is_413()
    {
        using var response = await SendAsync("/read", (2 * Gigabyte) + 1, announcedOnly: true);

        await Problem.ReadAsync(response, HttpStatusCode.RequestEntityTooLarge, "body_too_large");
    }

    private static void Configure(HmacSignatureOptions options)
    {
        options.Scheme = SignatureScheme.Canonical;
        options.MaxBodyBytes = 2 * Gigabyte;
        options.Keys.Add(new HmacKey("k1", Secret));
    }

    // Signs one body and sends another when a byte is to be wrong.
    private async Task<HttpResponseMessage> SendAsync(string path, long length, long wrongAt = -1, bool announcedOnly = false)
    {
        var options = new HmacSignatureOptions();
        Configure(options);
        using var sender = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(30) })
        {
            BaseAddress = _host.Address,
        };
        using var capture = new CaptureHandler();
        using var signing = new HmacSigningHandler(options) { InnerHandler = capture };
        using var signer = new HttpMessageInvoker(signing);
        using var draft = new HttpRequestMessage(HttpMethod.Post, new Uri(_host.Address, path))
        {
            Content = new StreamContent(new CountingStream(announcedOnly ? 1 : length)),
        };
        using var signed = await signer.SendAsync(draft, CancellationToken.None);
        using var request = new HttpRequestMessage(HttpMethod.Post, draft.RequestUri)
        {
            Content = new StreamContent(new CountingStream(length) { WrongAt = wrongAt }, 64 * 1024),
        };
        foreach (var header in draft.Headers)
            request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        request.Headers.ExpectContinue = announcedOnly;
        return await sender.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private async Task ReadAllAsync(HttpContext context)
    {
        Interlocked.Increment(ref _begun);
        var buffer = new byte[64 * 1024];
        var length = 0L;
        for (int read; (read = await context.Request.Body.ReadAsync(buffer)) > 0; )
        {
            if (length / (64 * 1024 * 1024) != (length + read) / (64 * 1024 * 1024))
                _peak = Math.Max(_peak, GC.GetTotalMemory(forceFullCollection: false));
            length += read;
        }

        Interlocked.Increment(ref _read);
        await context.Response.WriteAsync(length.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task HurryAsync(HttpContext context)
    {
        await context.Response.WriteAsync("done");
        await context.Response.Body.FlushAsync();
    }

    private sealed class CaptureHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage());
    }
}
