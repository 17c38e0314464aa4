namespace LedgerLift.ArchitectureTests;

/// <summary>The assemblies of the installed shared frameworks, by looking into their folders.</summary>
internal static class SharedFramework
{
    private static readonly string s_runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    public static bool Contains(string assembly, string? framework) =>
        File.Exists(Path.Combine(s_runtime, assembly + ".dll"))
        || (framework is not null && Versions(framework).Any(folder => File.Exists(Path.Combine(folder, assembly + ".dll"))));

    // .../shared/Microsoft.NETCore.App/10.0.x lies beside .../shared/Microsoft.AspNetCore.App/10.0.x.
    private static IEnumerable<string> Versions(string framework) =>
        Directory.EnumerateDirectories(Path.Combine(s_runtime, "..", "..", framework), "10.*");
}
