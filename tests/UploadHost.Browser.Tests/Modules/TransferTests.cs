using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace UploadHost.Browser.Tests;

public sealed class TransferTests(ModuleFixture modules) : IClassFixture<ModuleFixture>
{
    private const string Setup = """
        const { transfer } = await import('/js/upload/transfer.js');
        const put = (body, options) => transfer({ method: 'PUT', url: '/scripted/object', headers: { 'Content-Type': 'text/csv', 'x-amz-meta-a': 'b', Host: 'h', 'Content-Length': '3' } }, body, options);
        """;

    [Fact]
    public async Task Sends_every_byte_with_the_signed_headers_and_tells_the_progress()
    {
        var (length, headers) = (0L, "");
        modules.Script = async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            length = context.Request.ContentLength ?? -1;
            headers = $"{context.Request.Method} {context.Request.ContentType} {context.Request.Headers["x-amz-meta-a"]}";
        };

        var last = await modules.RunAsync<long>(
            Setup
                + "let last = 0; await put(new Blob([new Uint8Array(3000000)]), { onProgress: (loaded) => { last = loaded; } }); return last;"
        );

        Assert.Equal((3_000_000, "PUT text/csv b"), (length, headers));
        Assert.Equal(3_000_000, last);
    }

    [Fact]
    public async Task A_refusal_tells_status_code_and_when_to_come_back()
    {
        modules.Script = async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "7";
            context.Response.Headers["x-amz-request-id"] = "tx1";
            await context.Response.WriteAsync("<Error><Code>SlowDown</Code></Error>");
        };

        var told = await modules.RunAsync<string[]>(
            Setup + "const it = await failure(put(new Blob(['abc']))); return [it.code, it.message, it.requestId, String(it.retryAfterMs)];"
        );

        Assert.Equal(["store_503", "The store refused the upload (503 SlowDown).", "tx1", "7000"], told);
    }

    [Fact]
    public async Task So_long_without_progress_ends_the_try()
    {
        modules.Script = context => Task.Delay(Timeout.Infinite, context.RequestAborted);

        var told = await modules.RunAsync<string[]>(
            Setup + "const it = await failure(put(new Blob(['abc']), { stallMs: 100 })); return [it.code, it.message];"
        );

        Assert.Equal(["stalled", string.Create(CultureInfo.InvariantCulture, $"No progress for {0.1} seconds.")], told);
    }

    [Fact]
    public async Task Progress_puts_the_end_off()
    {
        var told = await modules.RunAsync<string[]>(
            Setup
                + """
                const fake = { upload: {}, open() {}, setRequestHeader() {}, abort() {}, getResponseHeader: () => null, status: 200, responseText: '',
                  async send() { for (let i = 0; i < 6; i++) { await new Promise((resolve) => setTimeout(resolve, 60)); this.upload.onprogress({ loaded: i }); } this.onload(); } };
                const start = performance.now();
                await put(new Blob(['abc']), { stallMs: 250, create: () => fake });
                return [String(performance.now() - start > 300)];
                """
        );

        Assert.Equal(["true"], told);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_a_failure_that_may_pass()
    {
        modules.Script = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        var told = await modules.RunAsync<string[]>(
            Setup
                + "const { isTransient } = await import('/js/api/failure.js'); const it = await failure(put(new Blob(['abc']))); return [it.code, String(isTransient(it))];"
        );

        Assert.Equal(["network", "true"], told);
    }

    [Fact]
    public async Task Cancelling_ends_the_transfer()
    {
        modules.Script = context => Task.Delay(Timeout.Infinite, context.RequestAborted);

        var code = await modules.RunAsync<string>(
            Setup
                + "const abort = new AbortController(); setTimeout(() => abort.abort(), 30); return (await failure(put(new Blob(['abc']), { signal: abort.signal }))).code;"
        );

        Assert.Equal("cancelled", code);
    }
}
