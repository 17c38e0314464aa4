namespace LedgerLift.Benchmarks;

/// <summary>What a group measures with and writes its figures to.</summary>
internal sealed class BenchmarkRun(string group, BenchmarkMode mode, string picturesFolder, TextWriter output)
{
    private readonly List<ResultRow> _rows = [];
    private readonly List<Figure> _figures = [];

    public IReadOnlyList<ResultRow> Rows => _rows;

    public IReadOnlyList<Figure> Figures => _figures;

    public MeasurementPlan Plan { get; } = MeasurementPlan.For(mode);

    /// <summary>Everything is to be run once and nothing will be reported; what a group measures by itself it may cut short.</summary>
    public bool IsDry => mode == BenchmarkMode.Dry;

    /// <summary>Whether anything was run at all.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>Measures scenarios beside each other; the first is the baseline of the table.</summary>
    public async Task<Comparison> CompareAsync(string title, params IReadOnlyList<Scenario> scenarios)
    {
        if (IsDry)
        {
            foreach (var scenario in scenarios)
                await OnceAsync($"{title}: {scenario.Name}", () => scenario.RunAsync(1));

            return new Comparison(
                title,
                [],
                scenarios.ToDictionary(scenario => scenario.Name, IReadOnlyList<Sample> (_) => [], StringComparer.Ordinal)
            );
        }

        return Keep(await new PairedHarness(Plan).MeasureAsync(title, scenarios));
    }

    /// <summary>Measures the throughput of shared objects from one and from several threads.</summary>
    public async Task<Comparison> CompareThreadsAsync(
        string title,
        IReadOnlyList<int> threadCounts,
        params IReadOnlyList<ThreadedScenario> scenarios
    )
    {
        if (IsDry)
            return await CompareAsync(title, [.. scenarios.Select(scenario => scenario.CallsOf(0))]);

        return Keep(new ThroughputHarness(Plan).Measure(title, scenarios, threadCounts));
    }

    /// <summary>Runs something once and says so in a dry run; for what a group measures by itself.</summary>
    public async Task OnceAsync(string title, Func<Task> action)
    {
        IsEmpty = false;
        await action();
        if (IsDry)
            await output.WriteLineAsync($"dry {group}: {title} ok");
    }

    /// <summary>Adds a line to the group's table.</summary>
    public void Add(ResultRow row)
    {
        IsEmpty = false;
        _rows.Add(row);
        output.WriteLine(
            $"  {row.Comparison}: {row.Scenario}: {Numbers.Format(row.Nanoseconds.Median)} ns, {Numbers.Format(row.Bytes)} B, {Numbers.Format(row.RatioToBaseline)} x"
        );
    }

    /// <summary>Prints a figure and keeps it for the results; does nothing in a dry run.</summary>
    /// <exception cref="ArgumentException">The id does not begin with the group's name, or was used before.</exception>
    public void Figure(string id, double value, string unit, Goal goal)
    {
        if (
            !id.StartsWith($"{group}.", StringComparison.Ordinal)
            || _figures.Exists(figure => string.Equals(figure.Id, id, StringComparison.Ordinal))
        )
            throw new ArgumentException($"A figure's id begins with '{group}.' and is used once; '{id}' does not.", nameof(id));

        IsEmpty = false;
        if (IsDry)
            return;

        var added = new Figure(id, value, unit, goal);
        _figures.Add(added);
        output.WriteLine(added);
    }

    /// <summary>Writes a picture that belongs to the figures; does nothing in a dry run.</summary>
    public Task WritePictureAsync(string fileName, string content)
    {
        if (IsDry)
            return Task.CompletedTask;

        Directory.CreateDirectory(picturesFolder);
        return File.WriteAllTextAsync(Path.Combine(picturesFolder, fileName), content);
    }

    private Comparison Keep(Comparison comparison)
    {
        foreach (var row in comparison.Rows())
            Add(row);

        return comparison;
    }
}
