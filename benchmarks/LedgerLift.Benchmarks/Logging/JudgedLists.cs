namespace LedgerLift.Benchmarks;

/// <summary>The judged lists; they live beside the tests of LedgerLift.Logging.</summary>
internal static class JudgedLists
{
    /// <summary>The entries of a list, without its comments.</summary>
    public static IReadOnlyList<string> Read(string name)
    {
        using var stream = typeof(JudgedLists).Assembly.GetManifestResourceStream($"Judged.{name}")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(static line => line.Length > 0 && line[0] != '#')];
    }
}
