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
    private IBrowser? _browser;

    /// <summary>The running browser.</summary>
    public IBrowser Browser => _browser ?? throw new InvalidOperationException("The fixture is not initialized.");

    public async ValueTask InitializeAsync()
    {
        var executable =
            Executables.Find("chromium")
            ?? throw new ServerMissingException("chromium is not on the PATH. Install it with `eng/services install browser`.");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = executable, Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
