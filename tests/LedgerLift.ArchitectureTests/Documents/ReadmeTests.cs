namespace LedgerLift.ArchitectureTests;

/// <summary>
/// Every C# block of a README or of docs/ is cut from code that the build compiles: the block stands behind
/// <c>&lt;!-- snippet: name --&gt;</c> and equals the region of that name in tests/ or samples/.
/// </summary>
public sealed class ReadmeTests
{
    private static readonly ILookup<string, CodeRegion> s_regions = Repository
        .Files("*.cs", "tests", "samples")
        .SelectMany(CodeRegion.Of)
        .ToLookup(region => region.Name, StringComparer.Ordinal);

    public static TheoryData<string> Pages =>
        [.. Repository.Files("*.md", "."), .. Repository.Files("*.md", "src", "docs", "samples", "benchmarks")];

    public static TheoryData<string> Names => Packages.Names;

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_code_block_is_a_compiled_region(string page) =>
        Faults.None($"Blocks of {page} that differ from compiled code:", CodeBlock.Of(page).Select(FaultOf).OfType<string>());

    [Theory]
    [MemberData(nameof(Names))]
    public void The_first_example_of_a_package_is_one_that_the_consumer_runs(string name)
    {
        var example = $"tests/{name}.Tests/ReadmeExample.cs";

        Faults.None(
            $"The first C# block of a package's README is cut from {example}, which eng/consumer compiles and runs against the packed packages:",
            CodeBlock
                .Of($"src/{name}/README.md")
                .Take(1)
                .Where(block =>
                    block.Snippet is not null
                    && s_regions[block.Snippet].All(region => !string.Equals(region.File, example, StringComparison.Ordinal))
                )
                .Select(block => $"{block.Page}:{block.Line}: {block.Snippet}")
        );
    }

    [Fact]
    public void Every_region_named_readme_is_shown_somewhere()
    {
        var shown = Pages.Select(row => row.Data).SelectMany(CodeBlock.Of).Select(block => block.Snippet).ToHashSet(StringComparer.Ordinal);

        Faults.None(
            "Regions that no page shows:",
            s_regions
                .Where(regions => regions.Key.StartsWith("readme-", StringComparison.Ordinal) && !shown.Contains(regions.Key))
                .SelectMany(regions => regions)
                .Select(region => $"{region.File}:{region.Line}: {region.Name}")
        );
    }

    private static string? FaultOf(CodeBlock block)
    {
        var place = $"{block.Page}:{block.Line}";
        if (block.Snippet is null)
        {
            return $"{place}: put <!-- snippet: name --> above the block";
        }

        var regions = s_regions[block.Snippet].ToList();
        return regions switch
        {
            [] => $"{place}: no file under tests or samples has a region {block.Snippet}",
            [var region] when string.Equals(region.Text, block.Text.Trim('\n'), StringComparison.Ordinal) => null,
            [var region] => $"{place} and {region.File}:{region.Line} differ\n--- page\n{block.Text}\n--- code\n{region.Text}\n---",
            _ =>
                $"{place}: the region {block.Snippet} stands more than once: {string.Join(", ", regions.Select(region => $"{region.File}:{region.Line}"))}",
        };
    }
}
