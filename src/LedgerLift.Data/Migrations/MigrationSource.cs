using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace LedgerLift.Data;

/// <summary>The scripts embedded in an assembly.</summary>
/// <param name="assembly">The assembly.</param>
/// <param name="prefix">What their resource names begin with.</param>
/// <param name="isAppliedOnStart">Whether the host applies them when it starts.</param>
internal sealed partial class MigrationSource(Assembly assembly, string prefix, bool isAppliedOnStart = true)
{
    public bool IsAppliedOnStart => isAppliedOnStart;

    public string Prefix => prefix;

    public Assembly Assembly => assembly;

    /// <summary>The scripts by version.</summary>
    /// <exception cref="MigrationException">There are none, a name is wrong, or the numbers have a gap or a repetition.</exception>
    public IReadOnlyList<MigrationScript> Load()
    {
        var scripts = assembly
            .GetManifestResourceNames()
            .Where(resource =>
                resource.StartsWith(prefix, StringComparison.Ordinal) && resource.EndsWith(".sql", StringComparison.OrdinalIgnoreCase)
            )
            .Select(Read)
            .OrderBy(script => script.Version)
            .ToArray();
        if (scripts.Length == 0)
            throw Wrong($"Assembly {assembly.GetName().Name} has no embedded resource {prefix}V0001__name.sql.", null);
        for (var i = 0; i < scripts.Length; i++)
        {
            if (scripts[i].Version != i + 1)
                throw Wrong(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{scripts[i].Name} stands where version {i + 1} belongs: versions count from 1 without gaps or repetitions."
                    ),
                    scripts[i].Name
                );
        }

        return scripts;
    }

    [GeneratedRegex("^[._]?V([0-9]{4,9})__([A-Za-z0-9_-]+)\\.sql$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NameForm();

    private static MigrationException Wrong(string message, string? script) => new(DatabaseErrorCodes.MigrationScripts, message, script);

    private MigrationScript Read(string resource)
    {
        var name = resource[prefix.Length..].TrimStart('.');
        if (!NameForm().IsMatch(name))
            throw Wrong($"{name} is no script's name: V0001__words.sql is.", name);
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
        var version = int.Parse(
            name.AsSpan(1, name.IndexOf('_', StringComparison.Ordinal) - 1),
            NumberStyles.None,
            CultureInfo.InvariantCulture
        );
        return new MigrationScript(prefix, version, name, sql);
    }
}
