using System.Text.Json;

namespace LedgerLift.ArchitectureTests;

/// <summary>What the build resolved for one package: its <c>deps.json</c>, direct references and everything behind them.</summary>
internal sealed class DependencyManifest
{
    private DependencyManifest(IReadOnlySet<string> direct, IReadOnlySet<string> all)
    {
        Direct = direct;
        All = all;
    }

    public IReadOnlySet<string> Direct { get; }

    public IReadOnlySet<string> All { get; }

    public static DependencyManifest Of(string package)
    {
        var file = Repository.PathOf("artifacts", "bin", package, Repository.Configuration, package + ".deps.json");
        Assert.True(File.Exists(file), $"{Path.GetRelativePath(Repository.Root, file)} is missing: build the solution.");
        using var manifest = JsonDocument.Parse(File.ReadAllText(file));
        var libraries = manifest.RootElement.GetProperty("targets").EnumerateObject().Single().Value;
        var direct = new HashSet<string>(StringComparer.Ordinal);
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (var library in libraries.EnumerateObject())
        {
            var name = library.Name[..library.Name.IndexOf('/', StringComparison.Ordinal)];
            if (!string.Equals(name, package, StringComparison.Ordinal))
            {
                all.Add(name);
            }
            else if (library.Value.TryGetProperty("dependencies", out var dependencies))
            {
                direct.UnionWith(dependencies.EnumerateObject().Select(dependency => dependency.Name));
            }
        }

        return new DependencyManifest(direct, all);
    }
}
