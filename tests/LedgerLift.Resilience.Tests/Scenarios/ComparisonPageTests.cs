using LedgerLift.Testing;

namespace LedgerLift.Resilience.Tests;

public sealed class ComparisonPageTests
{
    [Fact]
    public async Task The_page_says_what_a_fresh_run_shows()
    {
        var path = Path.Combine(SourceTree.Root, "docs", "resilience-vs-polly.md");
        var fresh = await ComparisonPage.WriteAsync();
        if (Environment.GetEnvironmentVariable("LEDGERLIFT_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(path, fresh, TestContext.Current.CancellationToken);

        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), fresh);
    }
}
