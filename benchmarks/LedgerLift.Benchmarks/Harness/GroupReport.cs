using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LedgerLift.Benchmarks;

/// <summary>Writes <c>&lt;group&gt;.md</c> for people and <c>&lt;group&gt;.json</c> with the same numbers for programs.</summary>
internal sealed class GroupReport(IBenchmarkGroup group, BenchmarkMode mode, string machine, BenchmarkRun run)
{
    public async Task WriteAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var date = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{group.Name}.md"), Markdown(date));
        await File.WriteAllTextAsync(Path.Combine(folder, $"{group.Name}.json"), Json(date));
    }

    internal string Markdown(string date)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"# {group.Name}\n\n{date}, {Mode} run, median of {run.Plan.Rounds} interleaved rounds. {machine}.\n\n{group.Notes}\n\n"
        );
        text.Append("| figure | value | unit | goal | |\n|---|---:|---|---|---|\n");
        foreach (var figure in run.Figures)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {figure.Id} | {figure.PrintedValue} | {figure.Unit} | {figure.Goal} | {figure.Verdict} |\n"
            );

        foreach (var rows in run.Rows.GroupBy(row => row.Comparison, StringComparer.Ordinal))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n## {rows.Key}\n\n| scenario | ns | quartiles | B | × first row |\n|---|---:|---:|---:|---:|\n"
            );
            foreach (var row in rows)
                AppendRow(text, row);
        }

        return text.ToString();
    }

    internal string Json(string date)
    {
        var document = new ResultDocument(
            group.Name,
            date,
            Mode,
            run.Plan.Rounds,
            machine,
            [
                .. run.Figures.Select(figure => new FigureElement(
                    figure.Id,
                    figure.Value,
                    figure.Unit,
                    figure.Goal.Operator,
                    figure.Goal.Bound,
                    figure.Verdict
                )),
            ],
            run.Rows
        );
        return JsonSerializer.Serialize(document, ResultJsonContext.Default.ResultDocument) + "\n";
    }

    private string Mode => mode == BenchmarkMode.Quick ? "quick" : "full";

    private static void AppendRow(StringBuilder text, ResultRow row)
    {
        var (median, lower, upper) = (
            Numbers.Format(row.Nanoseconds.Median),
            Numbers.Format(row.Nanoseconds.LowerQuartile),
            Numbers.Format(row.Nanoseconds.UpperQuartile)
        );
        var bytes = double.IsNaN(row.Bytes) ? "" : Numbers.Format(row.Bytes);
        text.Append(
            CultureInfo.InvariantCulture,
            $"| {row.Scenario} | {median} | {lower}–{upper} | {bytes} | {Numbers.Format(row.RatioToBaseline)} |\n"
        );
    }
}
