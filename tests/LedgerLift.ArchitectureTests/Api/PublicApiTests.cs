namespace LedgerLift.ArchitectureTests;

/// <summary>The public API of every package is a text file that people read and approve; a change of it shows in the commit.</summary>
public sealed class PublicApiTests
{
    private const string Folder = "tests/LedgerLift.ArchitectureTests/Api";

    public static TheoryData<string> Names => Packages.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_public_API_is_the_approved_one(string name) =>
        ApprovedFile.Matches($"{Folder}/{name}.txt", ApiText.Of(name, BuiltAssembly.PublicTypes(name)));

    [Fact]
    public void Every_construct_is_written_as_its_declaration()
    {
        const string Name = "LedgerLift.ArchitectureTests.Samples";
        var samples = typeof(Samples.Point)
            .Assembly.GetExportedTypes()
            .Where(type => string.Equals(type.Namespace, Name, StringComparison.Ordinal));

        ApprovedFile.Matches($"{Folder}/Samples/Constructs.txt", ApiText.Of(Name, samples));
    }

    [Fact]
    public void Every_approved_file_belongs_to_a_package()
    {
        var files = Repository.Files("LedgerLift.*.txt", Folder).Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(Packages.All.Select(package => package.Name).Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
    }
}
