using System.Collections.Concurrent;
using LedgerLift.Testing;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(UploadHost.Browser.Tests.Chromium))]

namespace UploadHost.Browser.Tests;

/// <summary>Debian's Chromium without a window, one for all tests; each test has a context (a profile) of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        // Chromium's sandbox refuses to run for root.
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-sync",
        "--no-first-run",
        // /dev/shm is small in containers.
        "--disable-dev-shm-usage",
    ];

    private IPlaywright? _playwright;
    private readonly ConcurrentDictionary<string, Task<IBrowser>> _browsers = new(StringComparer.Ordinal);
    private string? _executable;

    public async ValueTask InitializeAsync()
    {
        _executable =
            Executables.Find("chromium")
            ?? throw new ServerMissingException("chromium is not on the PATH. Install it with `eng/services install browser`.");
        _playwright = await Playwright.CreateAsync();
    }

    /// <summary>A new profile in the browser that runs with these further arguments.</summary>
    public async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options, params IReadOnlyList<string> further)
    {
        var browser = await _browsers.GetOrAdd(string.Join(' ', further), _ => LaunchAsync(further));
        return await browser.NewContextAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _browsers.Values)
            await (await browser).DisposeAsync();
        _playwright?.Dispose();
    }

    private Task<IBrowser> LaunchAsync(IReadOnlyList<string> further)
    {
        var playwright = _playwright ?? throw new InvalidOperationException("The fixture is not initialized.");
        var options = new BrowserTypeLaunchOptions { ExecutablePath = _executable, Args = [.. Arguments, .. further] };
        return playwright.Chromium.LaunchAsync(options);
    }
}
