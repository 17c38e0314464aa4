using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace LedgerLift.ArchitectureTests;

/// <summary>A package's assembly as the tests see it: loaded, and its files in the output.</summary>
internal static class BuiltAssembly
{
    public static Assembly Load(string package) => Assembly.Load(new AssemblyName(package));

    public static string FileOf(string package, string extension)
    {
        var file = Path.Combine(AppContext.BaseDirectory, package + extension);
        Assert.True(File.Exists(file), $"{Path.GetFileName(file)} is not in the output: build the test project.");
        return file;
    }

    /// <summary>The types somebody wrote: nothing a compiler or a source generator added.</summary>
    public static IReadOnlyList<Type> WrittenTypes(string package) =>
        [.. Load(package).GetTypes().Where(type => !IsGenerated(type)).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    public static IReadOnlyList<Type> PublicTypes(string package) => [.. WrittenTypes(package).Where(type => type.IsVisible)];

    public static bool IsGenerated(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal)
        || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || type.IsDefined(typeof(GeneratedCodeAttribute), inherit: false)
        || (type.DeclaringType is { } owner && IsGenerated(owner));

    public static bool IsOurs(Type type) => type.Assembly.GetName().Name?.StartsWith("LedgerLift.", StringComparison.Ordinal) == true;
}
