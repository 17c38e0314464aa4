using System.Security.Cryptography;
using LedgerLift.Testing;
using Microsoft.Playwright;

namespace UploadHost.Browser.Tests;

/// <summary>What a person does on the page, and what they must find. Every host is held to the same.</summary>
public abstract partial class PageContract(IPageHost host, Chromium chromium)
{
    protected IPageHost Host { get; } = host;

    protected Chromium Chromium { get; } = chromium;

    /// <summary>The words about embedded parts that this host's page must have.</summary>
    protected abstract Task<string> ExpectedPartsAsync();

    protected static string NewName(string extension, string prefix = "document-") =>
        $"{prefix}{Guid.NewGuid().ToString("N")[..8]}.{extension}";

    protected static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Uploads a small PDF and waits until it is in the list.</summary>
    protected static async Task<string> UploadAsync(Visitor visitor, string text, string prefix = "document-")
    {
        var name = NewName("pdf", prefix);
        await visitor.ChooseAsync(await visitor.SaveAsync(name, SamplePdf.Unique($"{text} {name[^12..]}", size: 1500)));
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
