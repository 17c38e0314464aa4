using Spectre.Console;

namespace UploadClient;

/// <summary>A bar for each file, where somebody looks; nothing where output is read by a program.</summary>
internal static class UploadBars
{
    /// <summary>Runs the work with a bar for each file.</summary>
    public static async Task RunAsync(
        IReadOnlyList<FileInfo> files,
        bool quiet,
        Func<FileInfo, Action<long>, Task> work,
        int parallel,
        CancellationToken cancellationToken
    )
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
        if (quiet)
        {
            await Parallel.ForEachAsync(files, options, async (file, _) => await work(file, _ => { }));
            return;
        }

        await Progress(Console.Error)
            .StartAsync(async context =>
            {
                var bars = files.ToDictionary(
                    file => file,
                    file => context.AddTask(Markup.Escape(file.Name), maxValue: Math.Max(1, file.Length))
                );
                await Parallel.ForEachAsync(
                    files,
                    options,
                    async (file, _) =>
                    {
                        await work(file, sent => bars[file].Increment(sent));
                        bars[file].StopTask();
                    }
                );
            });
    }

    // On standard error, so that what is printed can be piped.
    private static Progress Progress(TextWriter writer) =>
        AnsiConsole
            .Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) })
            .Progress()
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new TransferSpeedColumn(),
                new RemainingTimeColumn()
            );
}
