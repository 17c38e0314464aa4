using LedgerLift.Testing;
using Microsoft.Playwright;

namespace UploadHost.Browser.Tests;

/// <content>By whom and where it can be used: colours, windows, keyboard, screen reader.</content>
public abstract partial class PageContract
{
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
        var path = await visitor.SaveAsync(name, SamplePdf.Unique("By keyboard", size: 1000));

        await TabToAsync(visitor, "el.id === 'files'");
        await visitor.ChooseByKeyboardAsync(path);
        await visitor.Row(name).WaitForAsync();
        await TabToAsync(visitor, $"el.textContent === '{name}'");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Locator("#details .timeline li").First.WaitForAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
        await visitor.Page.Locator("#details").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        await visitor.Page.WaitForFunctionAsync("(name) => document.activeElement.textContent === name", name);
        await TabToAsync(visitor, $"el.getAttribute('aria-label') === 'Delete {name}'");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await TabToAsync(visitor, "el.id === 'confirm-yes'");
        await visitor.Page.Keyboard.PressAsync("Enter");

        await visitor.Row(name).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.Equal(("", "", ""), await visitor.FindDocumentAsync(name));
    }

    [Fact]
    public async Task Gives_the_focus_back_to_a_row_that_is_a_new_one_by_now()
    {
        await using var visitor = await Visitor.OpenAsync(Chromium, Host);
        var name = await UploadAsync(visitor, "Worked on meanwhile");
        await visitor.Row(name).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name, Exact = true }).ClickAsync();
        await visitor.Page.Locator("#details .timeline li").First.WaitForAsync();

        // All before the browser paints again: until then the focus stands in the dialog that is closed.
        var focused = await visitor.Page.EvaluateAsync<string>(
            """
            (name) => {
              const dialog = document.getElementById('details');
              const row = [...document.querySelectorAll('[data-document]')].find((each) => each.textContent.includes(name));
              row.replaceWith(row.cloneNode(true));
              dialog.close();
              dialog.dispatchEvent(new Event('close'));
              return document.activeElement.textContent;
            }
            """,
            name
        );

        Assert.Equal(name, focused);
    }
}
