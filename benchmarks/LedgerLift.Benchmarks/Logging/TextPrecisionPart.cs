using LedgerLift.Logging;

namespace LedgerLift.Benchmarks;

/// <summary>How many of the hits of the value detectors on real text are right.</summary>
internal static class TextPrecisionPart
{
    // A character that no documentation holds marks what was hidden.
    private const char Mark = '\uE000';
    private const int Context = 40;
    private const double Megabyte = 1_000_000;

    public static async Task RunAsync(BenchmarkRun run)
    {
        var judged = JudgedLists
            .Read("text-hits")
            .Select(static line => line.Split('\t', 2))
            .ToDictionary(static parts => parts[1], static parts => parts[0] is "right", StringComparer.Ordinal);
        var redactor = new PiiRedactor(new PiiRedactionOptions { Placeholder = Mark.ToString() });
        var (bytes, hits, right, unjudged) = (0L, 0, 0, new SortedSet<string>(StringComparer.Ordinal));
        var files = run.IsDry ? DocumentationFiles.All().Take(1) : DocumentationFiles.All();
        await run.OnceAsync("documentation on disk", () => Parallel.ForEachAsync(files, (file, _) => JudgeAsync(file)));

        foreach (var hit in unjudged)
            await Console.Out.WriteLineAsync($"not judged: {hit}");

        run.Figure("logging.text_searched", bytes / Megabyte, "MB", Goal.AtLeast(50));
        run.Figure("logging.text_hits", hits, "hits", Goal.HigherIsBetter);
        run.Figure("logging.text_precision", 100d * right / Math.Max(1, hits), "%", Goal.AtLeast(99.9));

        async ValueTask JudgeAsync(string file)
        {
            var found = new List<string>();
            await foreach (var line in File.ReadLinesAsync(file))
                found.AddRange(Hits(redactor, line));

            lock (unjudged)
            {
                bytes += new FileInfo(file).Length;
                hits += found.Count;
                right += found.Count(hit => judged.GetValueOrDefault(hit));
                unjudged.UnionWith(found.Where(hit => !judged.ContainsKey(hit)));
            }
        }
    }

    private static IEnumerable<string> Hits(PiiRedactor redactor, string line)
    {
        var redacted = redactor.RedactText(line);
        if (ReferenceEquals(redacted, line))
            yield break;

        var pieces = redacted.Split(Mark);
        var from = pieces[0].Length;
        for (var i = 1; i < pieces.Length; i++)
        {
            var to = i == pieces.Length - 1 ? line.Length - pieces[i].Length : line.IndexOf(pieces[i], from, StringComparison.Ordinal);
            yield return $"{line[Math.Max(0, from - Context)..from].TrimStart()}⟦{line[from..to]}⟧";
            from = to + pieces[i].Length;
        }
    }
}
