using System.CommandLine;
using DocumentPipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DocumentWorkerProgram;

/// <summary><c>work</c>: takes documents from the queue until it is stopped.</summary>
internal static class WorkCommand
{
    public static Command Create(string[] args)
    {
        var command = new Command(
            "work",
            "Take documents from the queue until Ctrl+C or SIGTERM; what is in hand then goes back to the queue."
        );
        var parallel = new Option<int?>("--parallel") { Description = "Documents at once, 1 to 64. Default 2." };
        parallel.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is { } count and not (>= 1 and <= 64))
                result.AddError($"--parallel must be 1 to 64, not {count}.");
        });
        command.Options.Add(parallel);
        command.SetAction((parsed, token) => RunAsync(args, parsed.GetValue(parallel), token));
        return command;
    }

    private static async Task<int> RunAsync(string[] args, int? parallel, CancellationToken cancellationToken)
    {
        var builder = WorkerHost.Create(args);
        if (parallel is { } count)
            builder.Services.Configure<WorkerOptions>(options => options.Parallelism = count);
        builder.Services.AddHostedService<DocumentWorker>();
        using var host = builder.Build();
        await host.RunAsync(cancellationToken);
        return 0;
    }
}
