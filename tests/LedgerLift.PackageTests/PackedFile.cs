using System.IO.Compression;
using System.Xml.Linq;
using LedgerLift.ArchitectureTests;

namespace LedgerLift.PackageTests;

/// <summary>One .nupkg or .snupkg that eng/pack made.</summary>
internal sealed class PackedFile : IDisposable
{
    private readonly ZipArchive _archive;

    private PackedFile(string path) => _archive = ZipFile.OpenRead(path);

    public static string Folder { get; } = Repository.PathOf("artifacts", "packages");

    public static string Version { get; } =
        XDocument.Parse(Repository.Read("src/Directory.Build.props")).Descendants("VersionPrefix").Single().Value;

    /// <summary>Every entry but those that the package format itself adds.</summary>
    public IReadOnlyList<string> Files =>
        [.. _archive.Entries.Select(entry => entry.FullName).Where(IsContent).Order(StringComparer.Ordinal)];

    public DateTimeOffset LatestWrite => _archive.Entries.Max(entry => entry.LastWriteTime);

    public DateTimeOffset EarliestWrite => _archive.Entries.Min(entry => entry.LastWriteTime);

    public static PackedFile Open(string package, string extension)
    {
        var path = Path.Combine(Folder, $"{package}.{Version}{extension}");
        Assert.True(File.Exists(path), $"{Path.GetRelativePath(Repository.Root, path)} is missing: run eng/pack first.");
        return new PackedFile(path);
    }

    public byte[] Read(string name)
    {
        using var content = _archive.GetEntry(name)!.Open();
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>The elements of the nuspec by local name.</summary>
    public ILookup<string, XElement> Nuspec(string package)
    {
        using var content = _archive.GetEntry(package + ".nuspec")!.Open();
        return XDocument.Load(content).Descendants().ToLookup(element => element.Name.LocalName, StringComparer.Ordinal);
    }

    public void Dispose() => _archive.Dispose();

    private static bool IsContent(string entry) =>
        entry is not ("_rels/.rels" or "[Content_Types].xml") && !entry.StartsWith("package/services/metadata/", StringComparison.Ordinal);
}
