using System.Text;

namespace LedgerLift.Benchmarks;

/// <summary>Measures the groups named on the command line; <c>benchmarks/run</c> builds and starts it.</summary>
internal static class Program
{
    private static readonly IBenchmarkGroup[] Groups =
    [
        new ResilienceGroup(),
        new DataGroup(),
        new StorageGroup(),
        new AuthGroup(),
        new AuditingGroup(),
        new LoggingGroup(),
        new PipelineGroup(),
    ];

    public static async Task<int> Main(string[] arguments)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (!CommandLine.TryParse(arguments, [.. Groups.Select(group => group.Name)], out var commandLine, out var fault))
        {
            await Console.Error.WriteLineAsync(fault);
            return ExitCodes.Usage;
        }

        var session = new BenchmarkSession(commandLine.Mode, commandLine.ResultsFolder, commandLine.PicturesFolder, Console.Out);
        foreach (var group in Groups.Where(group => commandLine.Groups.Contains(group.Name)))
            await session.RunAsync(group);

        return session.Finish();
    }
}
