using System.Text.RegularExpressions;

namespace LedgerLift.ArchitectureTests;

/// <summary>The tables of a Markdown page, by the <c>## LedgerLift.X</c> heading they stand under.</summary>
internal sealed partial class MarkdownTables
{
    private readonly Dictionary<string, List<string[]>> _rows = new(StringComparer.Ordinal);

    private MarkdownTables() { }

    /// <summary>The headings of the second level, in the order of the page.</summary>
    public IReadOnlyCollection<string> Sections => _rows.Keys;

    public static MarkdownTables Of(string relativePath)
    {
        Assert.True(File.Exists(Repository.PathOf(relativePath)), $"{relativePath} is missing.");
        var tables = new MarkdownTables();
        List<string[]>? section = null;
        foreach (var line in Repository.ReadLines(relativePath))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                section = [];
                Assert.True(tables._rows.TryAdd(line[3..].Trim(), section), $"{relativePath}: the heading `{line}` stands twice.");
            }
            else if (section is not null && line.StartsWith('|'))
            {
                section.Add(line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries));
            }
        }

        return tables;
    }

    /// <summary>The rows below the table heads of a section. A head is the row before a row of dashes.</summary>
    public IReadOnlyList<string[]> Rows(string section)
    {
        var rows = _rows.GetValueOrDefault(section, []);
        return [.. rows.Where((row, index) => !IsRule(row) && !(index + 1 < rows.Count && IsRule(rows[index + 1])))];
    }

    /// <summary>The names in backticks in one column of a section, in order.</summary>
    public IReadOnlyList<string> Names(string section, int column) =>
        [
            .. Rows(section)
                .Where(row => row.Length > column)
                .SelectMany(row => Quoted().Matches(row[column]))
                .Select(match => match.Groups["name"].Value),
        ];

    private static bool IsRule(string[] row) => row.All(cell => cell.Length > 0 && cell.Trim('-', ':').Length == 0);

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();
}
