using System.Text;
using LedgerLift.ArchitectureTests;

namespace LedgerLift.PackageTests;

public sealed class NupkgTests
{
    public static TheoryData<string> Names => Packages.Names;

    [Fact]
    public void The_folder_holds_these_packages_and_nothing_else()
    {
        Assert.True(Directory.Exists(PackedFile.Folder), "artifacts/packages is missing: run eng/pack first.");
        var expected = Packages.All.SelectMany(package =>
            new[] { $"{package.Name}.{PackedFile.Version}.nupkg", $"{package.Name}.{PackedFile.Version}.snupkg" }
        );

        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            Directory.EnumerateFileSystemEntries(PackedFile.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_package_holds_its_assembly_its_documentation_and_its_readme(string name)
    {
        using var package = PackedFile.Open(name, ".nupkg");

        Assert.Equal([$"{name}.nuspec", "README.md", $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml"], package.Files);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_files_of_a_package_are_those_of_the_build_and_of_the_sources(string name)
    {
        using var package = PackedFile.Open(name, ".nupkg");
        var output = Repository.PathOf("artifacts", "bin", name, "release");

        foreach (var extension in new[] { ".dll", ".xml" })
        {
            Assert.True(
                package
                    .Read($"lib/net10.0/{name}{extension}")
                    .AsSpan()
                    .SequenceEqual(File.ReadAllBytes(Path.Combine(output, name + extension))),
                $"{name}{extension} in the package is not the one built last: run eng/pack again."
            );
        }

        Assert.Equal(Repository.Read($"src/{name}/README.md"), Encoding.UTF8.GetString(package.Read("README.md")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_nuspec_names_the_licence_the_readme_and_the_purpose(string name)
    {
        using var package = PackedFile.Open(name, ".nupkg");
        var nuspec = package.Nuspec(name);

        Assert.Equal(name, nuspec["id"].Single().Value);
        Assert.Equal(PackedFile.Version, nuspec["version"].Single().Value);
        Assert.Equal("expression", nuspec["license"].Single().Attribute("type")?.Value);
        Assert.Equal("MIT", nuspec["license"].Single().Value);
        Assert.Equal("README.md", nuspec["readme"].Single().Value);
        Assert.True(nuspec["description"].Single().Value.Length > 40, "The description says what the package is for.");
        Assert.NotEqual(name, nuspec["authors"].Single().Value);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_dependencies_are_those_of_the_table(string name)
    {
        using var package = PackedFile.Open(name, ".nupkg");
        var rule = Packages.Named(name);
        var nuspec = package.Nuspec(name);
        var direct = rule.Inner.Concat(rule.ThirdParty).ToList();
        // Central pinning also writes the pinned versions of what arrives behind the direct ones.
        var behind = Packages.InnerClosure(rule).Concat(Packages.ThirdPartyClosure(rule));
        var actual = nuspec["dependency"].Select(dependency => dependency.Attribute("id")!.Value).ToList();

        Assert.Equal("net10.0", nuspec["group"].First().Attribute("targetFramework")?.Value);
        Faults.None($"{name} lacks dependencies of its row in Packages.cs:", direct.Except(actual, StringComparer.Ordinal));
        Faults.None($"{name} depends on packages that Packages.cs does not list:", actual.Except(behind, StringComparer.Ordinal));
        Assert.Equal(
            rule.Framework ?? "",
            string.Join(',', nuspec["frameworkReference"].Select(reference => reference.Attribute("name")!.Value))
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Packages_of_the_family_depend_on_the_same_version(string name)
    {
        using var package = PackedFile.Open(name, ".nupkg");

        Faults.None(
            $"Inner dependencies of {name} on another version than {PackedFile.Version}:",
            package
                .Nuspec(name)["dependency"]
                .Where(dependency => dependency.Attribute("id")!.Value.StartsWith("LedgerLift.", StringComparison.Ordinal))
                .Where(dependency => !string.Equals(dependency.Attribute("version")!.Value, PackedFile.Version, StringComparison.Ordinal))
                .Select(dependency => dependency.ToString())
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void All_files_of_a_package_carry_one_time(string name)
    {
        using var package = PackedFile.Open(name, ".nupkg");

        Assert.Equal(package.EarliestWrite, package.LatestWrite);
    }
}
