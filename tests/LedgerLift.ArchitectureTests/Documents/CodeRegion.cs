namespace LedgerLift.ArchitectureTests;

/// <summary>The lines between <c>#region name</c> and <c>#endregion</c> of a C# file, without their common indentation.</summary>
internal sealed record CodeRegion(string Name, string File, int Line, string Text)
{
    private const string Start = "#region ";
    private const string End = "#endregion";

    public static IEnumerable<CodeRegion> Of(string file)
    {
        var lines = Repository.ReadLines(file);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimStart();
            if (!line.StartsWith(Start, StringComparison.Ordinal))
            {
                continue;
            }

            var end = Array.FindIndex(lines, i + 1, other => other.TrimStart().StartsWith(End, StringComparison.Ordinal));
            if (end > i)
            {
                yield return new CodeRegion(line[Start.Length..].Trim(), file, i + 1, Flush(lines[(i + 1)..end]));
            }
        }
    }

    private static string Flush(string[] lines)
    {
        var indent = lines
            .Where(line => line.Trim().Length > 0)
            .Select(line => line.Length - line.TrimStart().Length)
            .DefaultIfEmpty(0)
            .Min();
        return string.Join('\n', lines.Select(line => line.Length <= indent ? "" : line[indent..])).Trim('\n');
    }
}
