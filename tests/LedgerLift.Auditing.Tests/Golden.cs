namespace LedgerLift.Auditing.Tests;

/// <summary>Serialized forms as they were when they were released.</summary>
internal static class Golden
{
    public static string Text(string name) => File.ReadAllText(PathOf(name)).TrimEnd('\n');

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", name);
}
