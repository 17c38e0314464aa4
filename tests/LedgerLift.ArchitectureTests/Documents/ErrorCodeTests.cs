using System.Reflection;
using System.Text.RegularExpressions;

namespace LedgerLift.ArchitectureTests;

/// <summary>
/// docs/error-codes.md lists every value a <c>Code</c> can have. A package declares its codes as string constants in one static class
/// whose name ends in ErrorCodes (<c>StorageErrorCodes</c>), and takes them from nowhere else.
/// </summary>
public sealed partial class ErrorCodeTests
{
    private const string Page = "docs/error-codes.md";

    public static TheoryData<string> Names => Packages.Names;

    [Fact]
    public void The_page_has_a_section_for_every_package() => Catalogue.HasSectionForEveryPackage(Page, MarkdownTables.Of(Page));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_lists_exactly_the_codes_of_the_package(string name) =>
        Catalogue.Matches(Page, name, MarkdownTables.Of(Page).Names(name, column: 0), Codes(name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_package_with_codes_on_its_exceptions_declares_them(string name) =>
        Faults.None(
            $"{name} has exceptions with a Code and no static class ...ErrorCodes with string constants:",
            BuiltAssembly
                .PublicTypes(name)
                .Where(type => typeof(Exception).IsAssignableFrom(type) && type.GetProperty("Code") is not null && !Codes(name).Any())
                .Select(type => type.FullName!)
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void Codes_are_lower_case_words_joined_by_underscores(string name) =>
        Faults.None($"Codes of {name} in another form:", Codes(name).Where(code => !CodeForm().IsMatch(code)));

    private static IEnumerable<string> Codes(string package) =>
        BuiltAssembly
            .WrittenTypes(package)
            .Where(type => type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("ErrorCodes", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!);

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodeForm();
}
