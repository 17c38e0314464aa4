using System.Security.Cryptography;
using System.Text.RegularExpressions;
using LedgerLift.Testing;
using Microsoft.Playwright;

namespace UploadHost.Browser.Tests;

/// <summary>What a person does on the page, and what they must find. Every host is held to the same.</summary>
public abstract class PageContract(IPageHost host, Chromium chromium)
{
    protected IPageHost Host { get; } = host;

    protected Chromium Chromium { get; } = chromium;

    [Fact]
    public async Task Uploads_a_document_with_progress_and_shows_it_in_the_list()
    {
        await using var visitor = await Visitor.OpenAsync(Chromium, Host);
        var (name, content) = (NewName("pdf"), SamplePdf.Create("Invoice 4711", size: 16_000_000));
        await visitor.Page.EvaluateAsync(
            """
            async () => {
              const { uploadEvents } = await import('/js/app.js');
              window.seen = [];
              for (const type of ['upload:queued', 'upload:start', 'upload:complete']) uploadEvents.on(type, () => window.seen.push(type));
              uploadEvents.on('upload:progress', ({ loaded, total, bytesPerSecond }) => window.seen.push(`${loaded <= total && bytesPerSecond >= 0}`));
            }
            """
        );

        await WhileStoreIsSlowAsync(
            2_000_000,
            async () =>
            {
                await visitor.ChooseAsync(await visitor.SaveAsync(name, content));
                await Assertions
                    .Expect(visitor.Upload(name))
                    .ToContainTextAsync(
                        new Regex(
                            @"\d+ %, \d.* of 15\.3 MiB, \d.*/s, (\d+ s left|almost done)",
                            RegexOptions.ExplicitCapture,
                            TimeSpan.FromSeconds(1)
                        )
                    );
                await visitor.WaitForStateAsync(name, "done");
            }
        );

        await visitor.Row(name).WaitForAsync();
        var seen = await visitor.Page.EvaluateAsync<string[]>("() => window.seen");
        Assert.Equal(["upload:queued", "upload:start"], seen.Where(type => type.StartsWith("upload:", StringComparison.Ordinal)).Take(2));
        Assert.Contains("upload:complete", seen);
        Assert.True(seen.Count(type => type == "true") >= 3, string.Join(' ', seen));
        await AssertStoredAsync(visitor, name, content);
        Assert.Empty(visitor.Complaints);
    }

    [Theory]
    [InlineData("tool.exe", "MZ", "content_type_not_allowed")]
    [InlineData("empty.pdf", "", "file_empty")]
    [InlineData("fake.pdf", "MZ this is no PDF", "content_mismatch")]
    public async Task Refuses_what_is_no_document_and_sends_nothing(string name, string content, string code)
    {
        await using var visitor = await Visitor.OpenAsync(Chromium, Host);
        var sent = Host.Store.ClientToServer.BytesReceived;

        await visitor.ChooseAsync(await visitor.SaveAsync(name, System.Text.Encoding.ASCII.GetBytes(content)));
        await visitor.WaitForStateAsync(name, "refused");

        await Assertions.Expect(visitor.Upload(name)).ToContainTextAsync(code);
        await Assertions.Expect(visitor.Page.Locator("#announcer")).ToHaveTextAsync($"{name} was refused.");
        Assert.Equal(0, await visitor.Row(name).CountAsync());
        Assert.True(Host.Store.ClientToServer.BytesReceived - sent < 100_000);
    }

    [Fact]
    public async Task A_document_that_is_there_already_is_refused_with_code_and_request_id()
    {
        await using var visitor = await Visitor.OpenAsync(Chromium, Host);
        var (first, second, content) = (NewName("pdf"), NewName("pdf"), SamplePdf.Create("Twice", size: 2000));
        await visitor.ChooseAsync(await visitor.SaveAsync(first, content));
        await visitor.WaitForStateAsync(first, "done");

        await visitor.ChooseAsync(await visitor.SaveAsync(second, content));
        await visitor.WaitForStateAsync(second, "failed");

        await Assertions.Expect(visitor.Upload(second)).ToContainTextAsync("duplicate_document");
        await Assertions.Expect(visitor.Upload(second).Locator(".request-id")).Not.ToBeEmptyAsync();
    }

    [Fact]
    public async Task Cancelling_in_the_middle_leaves_no_document_and_no_upload_behind()
    {
        await using var visitor = await Visitor.OpenAsync(Chromium, Host);
        var name = NewName("pdf");
        var path = await visitor.SaveAsync(name, SamplePdf.Create("Cancelled", size: 18_000_000));

        await WhileStoreIsSlowAsync(
            1_000_000,
            async () =>
            {
                await visitor.ChooseAsync(path);
                await visitor.WaitForProgressAsync(name, 0.02);
                await visitor.Upload(name).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel" }).ClickAsync();
                await visitor.WaitForStateAsync(name, "cancelled");
            }
        );

        await Poll.UntilAsync(
            async () => await Host.CountUnfinishedUploadsAsync() == 0,
            TimeSpan.FromSeconds(20),
            "no unfinished upload in the store"
        );
        Assert.Equal(("", "", ""), await visitor.FindDocumentAsync(name));
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task A_dropped_connection_is_made_good_without_the_person()
    {
        await using var visitor = await Visitor.OpenAsync(Chromium, Host);
        var (name, content) = (NewName("pdf"), SamplePdf.Create("Dropped", size: 3_000_000));
        using var drop = Host.Store.ClientToServer.AfterBytes(1_000_000, Fault.Reset);

        await visitor.ChooseAsync(await visitor.SaveAsync(name, content));
        await drop.WaitAsync(timeout: TimeSpan.FromSeconds(20));
        await visitor.WaitForStateAsync(name, "done");

        Assert.Equal(1, drop.Fired);
        await AssertStoredAsync(visitor, name, content);
    }

    [Fact]
    public async Task After_a_drop_and_a_reload_the_upload_goes_on_from_where_it_stopped()
    {
        await using var visitor = await Visitor.OpenAsync(Chromium, Host);
        var (name, content) = (NewName("pdf"), SamplePdf.Create("Resumed", size: 42_000_000));
        var path = await visitor.SaveAsync(name, content);
        await WhileStoreIsSlowAsync(
            4_000_000,
            async () =>
            {
                await visitor.ChooseAsync(path);
                // Parts are sent three at a time, at one speed: past a half, the first three have arrived.
                await visitor.WaitForProgressAsync(name, 0.7);
                Host.Store.RefuseConnections();
                Host.Store.ResetAll();
                await visitor.Page.CloseAsync(new PageCloseOptions { RunBeforeUnload = false });
                Host.Store.AcceptConnections();
            }
        );

        await using var back = await visitor.ReturnAsync();
        await Assertions.Expect(back.Page.Locator("#unfinished")).ToContainTextAsync(name);
        var before = Host.Store.ClientToServer.BytesDelivered;
        await back.Page.EvaluateAsync(
            "async () => { const { uploadEvents } = await import('/js/app.js'); uploadEvents.on('upload:start', ({ resumed }) => { window.resumed = resumed; }); }"
        );
        await back.ChooseAsync(path);
        await back.WaitForStateAsync(name, "done");

        Assert.True(await back.Page.EvaluateAsync<bool>("() => window.resumed"));
        Assert.InRange(Host.Store.ClientToServer.BytesDelivered - before, 1, content.Length * 3 / 4);
        await AssertStoredAsync(back, name, content);
        await Assertions.Expect(back.Page.Locator("#unfinished")).ToBeHiddenAsync();
        Assert.Empty(back.Complaints);
    }

    [Fact]
    public async Task A_large_upload_can_be_paused_and_goes_on()
    {
        await using var visitor = await Visitor.OpenAsync(Chromium, Host);
        var (name, content) = (NewName("pdf"), SamplePdf.Create("Paused", size: 20_000_000));
        var path = await visitor.SaveAsync(name, content);

        await WhileStoreIsSlowAsync(
            3_000_000,
            async () =>
            {
                await visitor.ChooseAsync(path);
                await visitor.WaitForProgressAsync(name, 0.1);
                await visitor.Upload(name).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Pause" }).ClickAsync();
                await visitor.WaitForStateAsync(name, "paused");
            }
        );
        await visitor.Upload(name).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Resume" }).ClickAsync();
        await visitor.WaitForStateAsync(name, "done");

        await AssertStoredAsync(visitor, name, content);
    }

    [Fact]
    public async Task Shows_text_artifacts_and_the_trail_of_a_finished_document()
    {
        await using var visitor = await Visitor.OpenAsync(Chromium, Host);
        var name = await UploadAsync(visitor, "Invoice 4711");
        await CompletedAsync(visitor, name);

        await visitor.Row(name).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name, Exact = true }).ClickAsync();
        var dialog = visitor.Page.Locator("#details");
        await dialog.Locator(".timeline li").First.WaitForAsync();

        await Assertions.Expect(dialog.Locator(".preview")).ToContainTextAsync("Invoice 4711");
        Assert.True(await dialog.Locator(".timeline li").CountAsync() >= 3);
        await Assertions.Expect(dialog.Locator(".timeline")).ToContainTextAsync("completed");
        await Assertions.Expect(dialog.Locator(".timeline code").First).Not.ToBeEmptyAsync();
        await dialog.GetByText("Artifacts (").ClickAsync();
        Assert.True(await dialog.Locator("tbody tr").CountAsync() >= 1);
    }

    [Fact]
    public async Task Hands_the_stored_file_back_and_deletes_it_after_asking()
    {
        await using var visitor = await Visitor.OpenAsync(Chromium, Host);
        var (name, content) = (NewName("pdf"), SamplePdf.Create("Returned", size: 3000));
        await visitor.ChooseAsync(await visitor.SaveAsync(name, content));
        await visitor.Row(name).WaitForAsync();

        var download = await visitor.Page.RunAndWaitForDownloadAsync(() =>
            visitor.Row(name).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Download" }).ClickAsync()
        );
        var returned = await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        await visitor.Row(name).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete" }).ClickAsync();
        await visitor.Page.Locator("#confirm-yes").ClickAsync();
        await visitor.Row(name).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        Assert.Equal((name, Hash(content)), (download.SuggestedFilename, Hash(returned)));
    }

    [Fact]
    public async Task Shows_statistics_health_and_what_is_embedded()
    {
        await using var visitor = await Visitor.OpenAsync(Chromium, Host);

        await Assertions.Expect(visitor.Page.Locator("#parts")).ToContainTextAsync(await ExpectedPartsAsync());
        await Assertions.Expect(visitor.Page.Locator("#statistics")).ToContainTextAsync("completed");
        await Assertions.Expect(visitor.Page.Locator("#health .badge").First).ToHaveTextAsync("healthy");
        await Assertions.Expect(visitor.Page.Locator("#breakers")).ToHaveTextAsync("hostclosedstoreclosed");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 320)]
    [InlineData(ColorScheme.Dark, 320)]
    public async Task Is_free_of_accessibility_violations_in_light_and_dark_and_in_a_narrow_window(ColorScheme scheme, int width)
    {
        await using var visitor = await Visitor.OpenAsync(
            Chromium,
            Host,
            options => (options.ColorScheme, options.ViewportSize) = (scheme, new ViewportSize { Width = width, Height = 800 })
        );
        var name = await UploadAsync(visitor, "Seen by axe");
        await visitor.ChooseAsync(await visitor.SaveAsync("tool.exe", [77, 90]));
        await visitor.WaitForStateAsync("tool.exe", "refused");
        var list = await Accessibility.ViolationsAsync(visitor.Page);
        await visitor.Row(name).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name, Exact = true }).ClickAsync();
        await visitor.Page.Locator("#details .timeline li").First.WaitForAsync();
        var details = await Accessibility.ViolationsAsync(visitor.Page);

        Assert.Empty(list);
        Assert.Empty(details);
    }

    [Fact]
    public async Task Is_dark_where_the_person_likes_it_dark()
    {
        await using var dark = await Visitor.OpenAsync(Chromium, Host, options => options.ColorScheme = ColorScheme.Dark);
        await using var light = await Visitor.OpenAsync(Chromium, Host, options => options.ColorScheme = ColorScheme.Light);

        Assert.InRange(await BrightnessAsync(dark), 0, 60);
        Assert.InRange(await BrightnessAsync(light), 200, 255);
    }

    [Theory]
    [InlineData(320)]
    [InlineData(768)]
    [InlineData(1920)]
    public async Task Fits_the_window_without_scrolling_sideways(int width)
    {
        await using var visitor = await Visitor.OpenAsync(
            Chromium,
            Host,
            options => options.ViewportSize = new ViewportSize { Width = width, Height = 800 }
        );
        await UploadAsync(visitor, "Fits", "a-name-without-a-single-space-that-is-much-longer-than-the-window-is-wide-");

        Assert.Equal(
            0,
            await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        );
    }

    [Fact]
    public async Task Works_by_keyboard_alone()
    {
        await using var visitor = await Visitor.OpenAsync(Chromium, Host);
        var name = NewName("pdf");
        var path = await visitor.SaveAsync(name, SamplePdf.Create("By keyboard", size: 1000));

        await TabToAsync(visitor, "el.id === 'files'");
        await visitor.ChooseByKeyboardAsync(path);
        await visitor.Row(name).WaitForAsync();
        await TabToAsync(visitor, $"el.textContent === '{name}'");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Locator("#details .timeline li").First.WaitForAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
        await visitor.Page.Locator("#details").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        var returned = await visitor.Page.EvaluateAsync<string>("() => document.activeElement.textContent");
        await TabToAsync(visitor, $"el.getAttribute('aria-label') === 'Delete {name}'");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await TabToAsync(visitor, "el.id === 'confirm-yes'");
        await visitor.Page.Keyboard.PressAsync("Enter");

        await visitor.Row(name).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.Equal(name, returned);
    }

    [Fact]
    public async Task A_file_name_with_markup_stays_text()
    {
        await using var visitor = await Visitor.OpenAsync(Chromium, Host);

        var name = await UploadAsync(visitor, "Markup", "&lt;b&gt;'x'&amp;{{7+7}}`${1}");

        Assert.Equal(name, await visitor.Row(name).Locator("button.link").TextContentAsync());
        Assert.Equal(0, await visitor.Page.Locator("#document-rows b, #uploads b").CountAsync());
    }

    /// <summary>The words about embedded parts that this host's page must have.</summary>
    protected abstract Task<string> ExpectedPartsAsync();

    protected static string NewName(string extension, string prefix = "document-") =>
        $"{prefix}{Guid.NewGuid().ToString("N")[..8]}.{extension}";

    protected static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Uploads a small PDF and waits until it is in the list.</summary>
    protected static async Task<string> UploadAsync(Visitor visitor, string text, string prefix = "document-")
    {
        var name = NewName("pdf", prefix);
        await visitor.ChooseAsync(await visitor.SaveAsync(name, SamplePdf.Create($"{text} {name[^12..]}", size: 1500)));
        await visitor.WaitForStateAsync(name, "done");
        await visitor.Row(name).WaitForAsync();
        return name;
    }

    private async Task WhileStoreIsSlowAsync(long bytesPerSecond, Func<Task> work)
    {
        Host.Store.ClientToServer.LimitRate(bytesPerSecond);
        try
        {
            await work();
        }
        finally
        {
            Host.Store.ClientToServer.LimitRate(null);
        }
    }

    private static async Task CompletedAsync(Visitor visitor, string name) =>
        await Assertions
            .Expect(visitor.Row(name).Locator(".badge"))
            .ToHaveTextAsync("completed", new LocatorAssertionsToHaveTextOptions { Timeout = 40_000 });

    private async Task AssertStoredAsync(Visitor visitor, string name, byte[] content)
    {
        var (id, key, sha256) = await visitor.FindDocumentAsync(name);
        Assert.Equal(Hash(content), sha256);
        Assert.Equal(Hash(content), await Host.ReadBackSha256Async(key, id));
    }

    private static Task<double> BrightnessAsync(Visitor visitor) =>
        visitor.Page.EvaluateAsync<double>(
            "() => { const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number); return 0.299 * r + 0.587 * g + 0.114 * b; }"
        );

    private static async Task TabToAsync(Visitor visitor, string condition)
    {
        for (var press = 0; press < 80; press++)
        {
            await visitor.Page.Keyboard.PressAsync("Tab");
            if (await visitor.Page.EvaluateAsync<bool>($"() => {{ const el = document.activeElement; return {condition}; }}"))
                return;
        }

        Assert.Fail($"No control with {condition} is reached by the Tab key.");
    }
}
