using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace UploadHost.Browser.Tests;

/// <summary>An empty page of the sample's origin and policy, in which its modules can be imported one by one.</summary>
public sealed class ModuleFixture(Chromium chromium) : IAsyncLifetime
{
    private WebApplication? _server;
    private IBrowserContext? _context;
    private IPage? _page;

    /// <summary>What the next request under <c>/scripted</c> is answered with.</summary>
    public Func<HttpContext, Task> Script { get; set; } = _ => Task.CompletedTask;

    /// <summary>
    /// Runs the body of an async function in the page and returns its value. <paramref name="input"/> is there as <c>input</c>, and
    /// <c>failure(promise)</c> gives what a promise was rejected with.
    /// </summary>
    public async Task<T> RunAsync<T>(string body, object? input = null)
    {
        var page = _page ?? throw new InvalidOperationException("The fixture is not initialized.");
        const string Helpers =
            "const failure = async (promise) => { try { await promise; } catch (reason) { return reason; } throw new Error('It did not fail.'); };";
        return await page.EvaluateAsync<T>($"async (input) => {{ {Helpers}\n{body}\n}}", input);
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.UsePage();
        _server.MapGet("/blank", () => Results.Content("<!doctype html><title>blank</title>", "text/html"));
        _server.Map("/scripted/{**rest}", (HttpContext context) => Script(context));
        await _server.StartAsync();
        _context = await chromium.NewContextAsync(new BrowserNewContextOptions());
        _page = await _context.NewPageAsync();
        await _page.GotoAsync($"{_server.Urls.First()}/blank");
    }

    public async ValueTask DisposeAsync()
    {
        if (_context is not null)
            await _context.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
