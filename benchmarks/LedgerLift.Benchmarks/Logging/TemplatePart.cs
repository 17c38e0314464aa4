using System.Diagnostics.CodeAnalysis;
using LedgerLift.Logging;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Benchmarks;

/// <summary>How much memory a hundred thousand distinct templates leave behind.</summary>
internal static class TemplatePart
{
    private const int Templates = 100_000;

    public static async Task RunAsync(BenchmarkRun run)
    {
        using var factory = new RedactingLoggerFactory(LoggerFactory.Create(static builder => builder.AddProvider(new SilentProvider())));
        var logger = factory.CreateLogger("App");
        var bytes = 0L;
        await run.OnceAsync(
            "distinct templates",
            () =>
            {
                bytes = Leave(logger, run.IsDry ? 10 : Templates);
                return Task.CompletedTask;
            }
        );
        run.Figure("logging.templates_kept", bytes / 1024d / 1024d, "MiB", Goal.AtMost(16));
    }

    [SuppressMessage("Critical Code Smell", "S1215", Justification = "What stays behind is known after a collection.")]
    private static long Leave(ILogger logger, int count)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < count; i++)
            logger.LogInformation($"template {i} of {{Name}} with {{Password}}", "ada", "hunter2");

        return GC.GetTotalMemory(forceFullCollection: true) - before;
    }
}
