using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Consumer;

/// <summary>
/// The first example of a package's README: the class <c>ReadmeExample</c> of its test project, compiled into this program, with one
/// method <c>static Task RunAsync()</c> that throws when something is not as the README says.
/// </summary>
internal static class Examples
{
    /// <summary>Runs the example of the package. False: it has none yet.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "This program is a trimmer root: all its types stay.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "This program is a trimmer root: all its members stay.")]
    public static async Task<bool> RunAsync(string package)
    {
        var example = typeof(Examples).Assembly.GetType($"{package}.Tests.ReadmeExample");
        if (example is null)
        {
            return false;
        }

        var run =
            example.GetMethod("RunAsync", Type.EmptyTypes)
            ?? throw new InvalidOperationException($"{example} has no method `public static Task RunAsync()`.");
        await run.CreateDelegate<Func<Task>>()();
        return true;
    }
}
