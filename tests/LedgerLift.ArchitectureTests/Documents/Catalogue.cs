namespace LedgerLift.ArchitectureTests;

/// <summary>Compares what a page lists under a package with what the package's assembly holds, in both directions.</summary>
internal static class Catalogue
{
    public static void Matches(string page, string package, IEnumerable<string> listed, IEnumerable<string> built)
    {
        var inPage = listed.ToHashSet(StringComparer.Ordinal);
        var inAssembly = built.ToHashSet(StringComparer.Ordinal);

        Faults.None(
            $"{page}, section `## {package}`, and the assembly differ:",
            [
                .. inAssembly
                    .Except(inPage, StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .Select(name => $"{name}: in {package}, not on the page"),
                .. inPage
                    .Except(inAssembly, StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .Select(name => $"{name}: on the page, not in {package}"),
            ]
        );
    }

    public static void HasSectionForEveryPackage(string page, MarkdownTables tables) =>
        Faults.None(
            $"{page} has one heading `## <package>` for each package and no other:",
            [
                .. Packages
                    .All.Select(package => package.Name)
                    .Except(tables.Sections, StringComparer.Ordinal)
                    .Select(name => $"{name}: missing"),
                .. tables
                    .Sections.Except(Packages.All.Select(package => package.Name), StringComparer.Ordinal)
                    .Select(name => $"{name}: no package"),
            ]
        );
}
