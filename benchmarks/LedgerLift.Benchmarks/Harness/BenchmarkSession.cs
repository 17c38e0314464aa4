namespace LedgerLift.Benchmarks;

/// <summary>Runs groups one after the other and decides how the program ends.</summary>
internal sealed class BenchmarkSession(BenchmarkMode mode, string resultsFolder, string picturesFolder, TextWriter output)
{
    private readonly List<Figure> _missed = [];
    private readonly List<string> _broken = [];

    public async Task RunAsync(IBenchmarkGroup group)
    {
        var run = new BenchmarkRun(group.Name, mode, picturesFolder, output);
        try
        {
            await group.RunAsync(run);
        }
        catch (Exception exception)
        {
            await output.WriteLineAsync($"group {group.Name} broke off: {exception}");
            _broken.Add(group.Name);
            return;
        }

        _missed.AddRange(run.Figures.Where(figure => figure.IsMissed));
        if (run.IsEmpty)
            await output.WriteLineAsync($"group {group.Name} measures nothing yet");
        else if (!run.IsDry)
            await new GroupReport(group, mode, MachineLine.Read(), run).WriteAsync(resultsFolder);
    }

    /// <summary>Lists what was missed or broke off and says what the program ends with.</summary>
    public int Finish()
    {
        foreach (var figure in _missed)
            output.WriteLine($"missed: {figure}");

        foreach (var group in _broken)
            output.WriteLine($"not measured to its end: {group}");

        return _broken.Count > 0 ? ExitCodes.NotRun
            : _missed.Count > 0 ? ExitCodes.GoalMissed
            : ExitCodes.AllMet;
    }
}
