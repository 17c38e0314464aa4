using System.Text.RegularExpressions;

namespace LedgerLift.ArchitectureTests;

/// <summary>
/// docs/telemetry.md lists every name under <c>ledgerlift.</c> that a package can emit: instruments, spans, tags, keys of
/// Exception.Data. A name exists when the assembly holds it as a literal or a constant; so names are written whole, never put together.
/// </summary>
public sealed partial class TelemetryTests
{
    private const string Page = "docs/telemetry.md";

    public static TheoryData<string> Names => Packages.Names;

    [Fact]
    public void The_page_has_a_section_for_every_package() => Catalogue.HasSectionForEveryPackage(Page, MarkdownTables.Of(Page));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_lists_exactly_the_names_in_the_assembly(string name) =>
        Catalogue.Matches(
            Page,
            name,
            MarkdownTables.Of(Page).Names(name, column: 0).Where(text => OurName().IsMatch(text)),
            TextConstants.Of(name).Where(text => OurName().IsMatch(text))
        );

    [GeneratedRegex(@"^ledgerlift\.[a-z_]+(\.[a-z_]+)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OurName();
}
