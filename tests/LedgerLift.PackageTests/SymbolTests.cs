using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using LedgerLift.ArchitectureTests;

namespace LedgerLift.PackageTests;

public sealed class SymbolTests
{
    public static TheoryData<string> Names => Packages.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_symbol_package_holds_the_symbols_and_nothing_else(string name)
    {
        using var symbols = PackedFile.Open(name, ".snupkg");

        Assert.Equal([$"{name}.nuspec", $"lib/net10.0/{name}.pdb"], symbols.Files);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_symbols_belong_to_the_assembly(string name)
    {
        using var package = PackedFile.Open(name, ".nupkg");
        using var symbols = PackedFile.Open(name, ".snupkg");

        Assert.Equal(IdIn(Assembly(package, name)), IdOf(Symbols(symbols, name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_file_of_a_package_names_a_folder_of_the_machine_that_built_it(string name)
    {
        using var package = PackedFile.Open(name, ".nupkg");
        using var symbols = PackedFile.Open(name, ".snupkg");

        Assert.False(Holds(Assembly(package, name), Repository.Root), $"The assembly holds the path {Repository.Root}.");
        Assert.All(SourcesIn(Symbols(symbols, name)), source => Assert.StartsWith("/_", source, StringComparison.Ordinal));
    }

    private static byte[] Assembly(PackedFile package, string name) => package.Read($"lib/net10.0/{name}.dll");

    private static byte[] Symbols(PackedFile package, string name) => package.Read($"lib/net10.0/{name}.pdb");

    private static Guid IdIn(byte[] assembly)
    {
        using var image = new PEReader(new MemoryStream(assembly));
        var entry = image.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.CodeView);
        return image.ReadCodeViewDebugDirectoryData(entry).Guid;
    }

    private static Guid IdOf(byte[] symbols)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols));
        return new Guid(provider.GetMetadataReader().DebugMetadataHeader!.Id.AsSpan(0, 16));
    }

    private static List<string> SourcesIn(byte[] symbols)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols));
        var reader = provider.GetMetadataReader();
        return [.. reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name))];
    }

    private static bool Holds(ReadOnlySpan<byte> content, string text) =>
        content.IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || content.IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;
}
