namespace LedgerLift.ArchitectureTests;

/// <summary>One C# block of a Markdown page with the name of the region it claims to be cut from.</summary>
internal sealed record CodeBlock(string Page, int Line, string? Snippet, string Text)
{
    private const string MarkStart = "<!-- snippet: ";
    private const string MarkEnd = " -->";
    private const string Fence = "```";

    public static IEnumerable<CodeBlock> Of(string page)
    {
        var lines = Repository.ReadLines(page);
        var start = NextFence(lines, 0);
        while (start >= 0)
        {
            var end = NextFence(lines, start + 1);
            Assert.True(end > start, $"{page}:{start + 1}: the block is never closed.");
            if (lines[start][Fence.Length..].Trim() is "csharp" or "cs" or "c#" or "C#")
            {
                yield return new CodeBlock(page, start + 1, MarkAbove(lines, start), string.Join('\n', lines[(start + 1)..end]));
            }

            start = NextFence(lines, end + 1);
        }
    }

    private static int NextFence(string[] lines, int from) =>
        from < lines.Length ? Array.FindIndex(lines, from, line => line.StartsWith(Fence, StringComparison.Ordinal)) : -1;

    private static string? MarkAbove(string[] lines, int fence)
    {
        var above = lines.Take(fence).LastOrDefault(line => line.Length > 0) ?? "";
        return above.StartsWith(MarkStart, StringComparison.Ordinal) && above.EndsWith(MarkEnd, StringComparison.Ordinal)
            ? above[MarkStart.Length..^MarkEnd.Length]
            : null;
    }
}
