using System.Text.RegularExpressions;
using LedgerLift.Testing;
using Microsoft.Playwright;

namespace UploadHost.Browser.Tests;

/// <content>Uploads: progress, refusals, cancelling, broken connections.</content>
public abstract partial class PageContract
{
    [Fact]
    public async Task Uploads_a_document_with_progress_and_shows_it_in_the_list()
    {
        await using var visitor = await Visitor.OpenAsync(Chromium, Host);
        var (name, content) = (NewName("pdf"), SamplePdf.Unique("Invoice 4711", size: 16_000_000));
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
            4_000_000,
            async () =>
            {
                await visitor.ChooseAsync(await visitor.SaveAsync(name, content));
                await Assertions
                    .Expect(visitor.Upload(name))
                    .ToContainTextAsync(
                        new Regex(
                            @"\d+ %, \d.* of 15\.3 MiB, \d.*/s, (?:\d+ s left|almost done)",
                            RegexOptions.None,
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
        var (first, second, content) = (NewName("pdf"), NewName("pdf"), SamplePdf.Unique("Twice", size: 2000));
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
        var path = await visitor.SaveAsync(name, SamplePdf.Unique("Cancelled", size: 18_000_000));

        await WhileStoreIsSlowAsync(
            1_000_000,
            async () =>
            {
                await visitor.ChooseAsync(path);
                await visitor.WaitForProgressAsync(name, 0.02);
                Assert.NotEqual(0, await Host.CountUnfinishedUploadsAsync());
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
        var (name, content) = (NewName("pdf"), SamplePdf.Unique("Dropped", size: 3_000_000));
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
        var (name, content) = (NewName("pdf"), SamplePdf.Unique("Resumed", size: 42_000_000));
        var path = await visitor.SaveAsync(name, content);
        await WhileStoreIsSlowAsync(
            8_000_000,
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
        var (name, content) = (NewName("pdf"), SamplePdf.Unique("Paused", size: 20_000_000));
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
}
