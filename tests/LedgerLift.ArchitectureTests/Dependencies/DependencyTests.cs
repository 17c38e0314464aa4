namespace LedgerLift.ArchitectureTests;

/// <summary>Holds <see cref="Packages"/> against the built assemblies and against what NuGet resolved for them.</summary>
public sealed class DependencyTests
{
    public static TheoryData<string> Names => Packages.Names;

    [Fact]
    public void Every_project_under_src_stands_in_the_table()
    {
        var projects = Repository.Files("*.csproj", "src").Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(Packages.All.Select(package => package.Name).Order(StringComparer.Ordinal), projects.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_assembly_uses_only_what_its_row_allows(string name)
    {
        var package = Packages.Named(name);
        var allowed = package.Inner.Union(Packages.ThirdPartyClosure(package), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var references = BuiltAssembly.Load(name).GetReferencedAssemblies().Select(reference => reference.Name!);

        Faults.None(
            $"{name} refers to assemblies that its row in Packages.cs does not allow:",
            references.Where(reference => !allowed.Contains(reference) && !SharedFramework.Contains(reference, package.Framework))
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_direct_references_are_exactly_those_of_the_row(string name)
    {
        var package = Packages.Named(name);
        var expected = package.Inner.Concat(package.ThirdParty).ToHashSet(StringComparer.Ordinal);
        var actual = DependencyManifest.Of(name).Direct;

        Faults.None(
            $"The project file of {name} and its row in Packages.cs differ:",
            [
                .. actual.Except(expected, StringComparer.Ordinal).Select(id => $"{id}: referenced, not in the row"),
                .. expected.Except(actual, StringComparer.Ordinal).Select(id => $"{id}: in the row, not referenced"),
            ]
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_else_arrives_behind_the_direct_references(string name)
    {
        var package = Packages.Named(name);
        var allowed = Packages.InnerClosure(package).Concat(Packages.ThirdPartyClosure(package)).ToHashSet(StringComparer.Ordinal);

        Faults.None(
            $"{name} brings packages into its users' builds that Packages.cs does not list:",
            DependencyManifest.Of(name).All.Except(allowed, StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_package_names_only_the_frameworks_of_its_row(string name)
    {
        var project = System.Xml.Linq.XDocument.Parse(Repository.Read($"src/{name}/{name}.csproj"));
        var frameworks = project.Descendants("FrameworkReference").Select(reference => reference.Attribute("Include")!.Value);

        Assert.Equal(Packages.Named(name).Framework ?? "", string.Join(',', frameworks));
    }
}
