namespace LedgerLift.ArchitectureTests;

/// <summary>docs/options-reload.md says of every options class which of its properties take effect while the host runs.</summary>
public sealed class OptionsReloadTests
{
    private const string Page = "docs/options-reload.md";
    private const int ClassColumn = 0;
    private const int LiveColumn = 1;

    public static TheoryData<string> Names => Packages.Names;

    [Fact]
    public void The_page_has_a_section_for_every_package() => Catalogue.HasSectionForEveryPackage(Page, MarkdownTables.Of(Page));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_lists_exactly_the_options_of_the_package(string name) =>
        Catalogue.Matches(Page, name, MarkdownTables.Of(Page).Names(name, ClassColumn), Options(name).Select(type => type.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_said_to_reload_is_a_property_of_its_class(string name)
    {
        var options = Options(name).ToDictionary(type => type.Name, StringComparer.Ordinal);

        Faults.None(
            $"{Page}, section `## {name}`: the second column is `none`, `all` or names of properties in backticks:",
            MarkdownTables.Of(Page).Rows(name).Where(row => !IsTrue(row, options)).Select(row => string.Join(" | ", row))
        );
    }

    private static IEnumerable<Type> Options(string package) =>
        BuiltAssembly.PublicTypes(package).Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal));

    private static bool IsTrue(string[] row, Dictionary<string, Type> options) =>
        row.Length > LiveColumn
        && options.TryGetValue(row[ClassColumn].Trim('`'), out var type)
        && (
            row[LiveColumn] is "none" or "all"
            || row[LiveColumn].Split(',', StringSplitOptions.TrimEntries).All(cell => IsProperty(type, cell))
        );

    private static bool IsProperty(Type type, string cell) =>
        cell.StartsWith('`') && cell.EndsWith('`') && type.GetProperty(cell.Trim('`')) is not null;
}
