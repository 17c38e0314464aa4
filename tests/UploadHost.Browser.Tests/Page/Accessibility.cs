using Microsoft.Playwright;

namespace UploadHost.Browser.Tests;

/// <summary>Judges a page by axe-core: WCAG 2.2 A and AA, and what axe calls best practice.</summary>
internal static class Accessibility
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Assets", "axe", "axe.min.js");

    /// <summary>Runs axe in the page as it stands.</summary>
    /// <returns>A line for each violation: the rule, what it asks for, and where it is broken.</returns>
    public static async Task<string[]> ViolationsAsync(IPage page)
    {
        // Evaluated, not added as an element: the page's policy lets no script in but its own.
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync(await File.ReadAllTextAsync(Script));
        return await page.EvaluateAsync<string[]>(
            """
            async () => {
              const { violations, passes } = await axe.run(document);
              if (passes.length < 10) return [`axe looked at ${passes.length} rules only`];
              return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join('; ')}`);
            }
            """
        );
    }
}
