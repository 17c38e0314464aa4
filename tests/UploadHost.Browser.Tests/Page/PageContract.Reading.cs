using System.Text.RegularExpressions;
using LedgerLift.Testing;
using Microsoft.Playwright;

namespace UploadHost.Browser.Tests;

/// <content>What is seen of documents, figures and health.</content>
public abstract partial class PageContract
{
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
        var (name, content) = (NewName("pdf"), SamplePdf.Unique("Returned", size: 3000));
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
        // A machine that is busy with these tests may call itself degraded, and a server that was slow once is asked again within half a minute.
        await Assertions
            .Expect(visitor.Page.Locator("#health .badge").First)
            .ToHaveTextAsync(
                new Regex("^(?:healthy|degraded)$", RegexOptions.None, TimeSpan.FromSeconds(1)),
                new LocatorAssertionsToHaveTextOptions { Timeout = 40_000 }
            );
        await Assertions.Expect(visitor.Page.Locator("#breakers")).ToHaveTextAsync("hostclosedstoreclosed");
    }

    [Fact]
    public async Task A_file_name_with_markup_stays_text()
    {
        await using var visitor = await Visitor.OpenAsync(Chromium, Host);

        var name = await UploadAsync(visitor, "Markup", "&lt;b&gt;'x'&amp;{{7+7}}`${1}");

        Assert.Equal(name, await visitor.Row(name).Locator("button.link").TextContentAsync());
        Assert.Equal(0, await visitor.Page.Locator("#document-rows b, #uploads b").CountAsync());
    }
}
