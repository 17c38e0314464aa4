using System.Collections.Concurrent;
using LedgerLift.Testing;
using Microsoft.Playwright;

namespace UploadHost.Browser.Tests;

/// <summary>A person with a browser profile of their own on the page, signed in where that is asked for.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = [];
    private readonly TemporaryFolder _files;
    private readonly bool _owner;
    private readonly IPageHost _host;
    private readonly IBrowserContext _context;

    private Visitor(IPageHost host, IBrowserContext context, IPage page, TemporaryFolder? files = null)
    {
        (_host, _context, Page, _owner) = (host, context, page, files is null);
        _files = files ?? new TemporaryFolder();
        page.SetDefaultTimeout(20_000);
        page.PageError += (_, failure) => _complaints.Enqueue(failure);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                _complaints.Enqueue(message.Text);
        };
    }

    public IPage Page { get; }

    /// <summary>What scripts threw and what the content security policy forbade.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public ILocator Rows => Page.Locator("#document-rows tr");

    /// <summary>On the page, signed in.</summary>
    public static async Task<Visitor> OpenAsync(Chromium chromium, IPageHost host, Action<BrowserNewContextOptions>? configure = null)
    {
        var visitor = await NewAsync(chromium, host, configure);
        await visitor.EnterAsync();
        return visitor;
    }

    /// <summary>On the page, not signed in.</summary>
    public static async Task<Visitor> OpenUnknownAsync(Chromium chromium, IPageHost host)
    {
        var visitor = await NewAsync(chromium, host, configure: null);
        await visitor.Page.GotoAsync(host.BaseUrl.ToString());
        return visitor;
    }

    /// <summary>The same profile in a new tab, after the old one was closed.</summary>
    public async Task<Visitor> ReturnAsync()
    {
        var back = new Visitor(_host, _context, await _context.NewPageAsync(), _files);
        await back.EnterAsync();
        return back;
    }

    /// <summary>Loads the page, and signs in when it asks.</summary>
    public async Task EnterAsync()
    {
        await Page.GotoAsync(_host.BaseUrl.ToString());
        if (await _host.IssueTokenAsync() is { } token)
            await SignInAsync(token);
        await Page.Locator("#statistics dd").First.WaitForAsync();
    }

    public async Task SignInAsync(string token)
    {
        await Page.GetByLabel("Token", new PageGetByLabelOptions { Exact = true }).FillAsync(token);
        await Page.Locator("#sign-in").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>A file on this visitor's disk.</summary>
    public async Task<string> SaveAsync(string name, byte[] content)
    {
        var path = _files[name];
        await File.WriteAllBytesAsync(path, content);
        return path;
    }

    public Task ChooseAsync(params string[] paths) => Page.Locator("#files").SetInputFilesAsync(paths);

    /// <summary>Enter on the file control, which has the focus. Under load Chromium now and then swallows the key; a person presses it again.</summary>
    public async Task ChooseByKeyboardAsync(string path)
    {
        var chosen = new TaskCompletionSource<IFileChooser>(TaskCreationOptions.RunContinuationsAsynchronously);
        Page.FileChooser += (_, chooser) => chosen.TrySetResult(chooser);
        for (var press = 0; press < 3 && !chosen.Task.IsCompleted; press++)
        {
            await Page.Keyboard.PressAsync("Enter");
            await Task.WhenAny(chosen.Task, Task.Delay(TimeSpan.FromSeconds(5)));
        }

        Assert.True(chosen.Task.IsCompleted, "Enter opens no file chooser.");
        await (await chosen.Task).SetFilesAsync(path);
    }

    /// <summary>The item of an upload by its file's name.</summary>
    public ILocator Upload(string name) => Page.Locator("#uploads > li").Filter(new LocatorFilterOptions { HasText = name }).First;

    public ILocator Row(string name) => Rows.Filter(new LocatorFilterOptions { HasText = name });

    /// <summary>Until the upload of that name is in the state; a failure shows what the page says of it.</summary>
    public async Task WaitForStateAsync(string name, string state, int seconds = 40)
    {
        var item = Page.Locator($"#uploads > li[data-state='{state}']").Filter(new LocatorFilterOptions { HasText = name }).First;
        try
        {
            await item.WaitForAsync(new LocatorWaitForOptions { Timeout = seconds * 1000 });
        }
        catch (TimeoutException late)
        {
            var shown = await Page.Locator("#notices, #uploads").AllInnerTextsAsync();
            throw new TimeoutException($"{name} is not {state} after {seconds} s. The page says: {string.Join(" / ", shown)}", late);
        }
    }

    /// <summary>The document of that name as the host shows it to this visitor.</summary>
    public Task<(string Id, string Key, string Sha256)> FindDocumentAsync(string name) =>
        Page.EvaluateAsync<string[]>(
                """
                async (name) => {
                  const { endpoints } = await import('/js/app.js');
                  const { items } = await endpoints.documents({ limit: 200 });
                  const { id, key, sha256 } = items.find((item) => item.fileName === name) ?? {};
                  return [id ?? '', key ?? '', sha256 ?? ''];
                }
                """,
                name
            )
            .ContinueWith(found => (found.Result[0], found.Result[1], found.Result[2]), TaskScheduler.Default);

    /// <summary>Until so much of the file has been sent, from 0 to 1.</summary>
    public Task WaitForProgressAsync(string name, double share) =>
        Page.WaitForFunctionAsync(
            """
            ([name, share]) => [...document.querySelectorAll("#uploads > li[data-state='sending']")]
              .some((item) => item.textContent.includes(name) && item.querySelector('progress').value >= share)
            """,
            new object[] { name, share }
        );

    private static async Task<Visitor> NewAsync(Chromium chromium, IPageHost host, Action<BrowserNewContextOptions>? configure)
    {
        var options = new BrowserNewContextOptions
        {
            Locale = "en-GB",
            ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
        };
        configure?.Invoke(options);
        var context = await chromium.NewContextAsync(options, host.BrowserArguments);
        return new Visitor(host, context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_owner)
            return;
        await _context.DisposeAsync();
        _files.Dispose();
    }
}
