using System.Diagnostics;
using LedgerLift.ArchitectureTests;

namespace LedgerLift.PackageTests;

public sealed class ConsumerTests
{
    [Fact]
    public async Task A_program_that_restores_the_packed_packages_builds_and_runs()
    {
        var start = new ProcessStartInfo("bash", [Repository.PathOf("eng", "consumer"), PackedFile.Folder])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var consumer = Process.Start(start)!;
        var output = consumer.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = consumer.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await consumer.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(consumer.ExitCode == 0, $"eng/consumer ended with {consumer.ExitCode}:\n{await output}{await errors}");
        Assert.StartsWith($"consumer: {Packages.All.Count} packages used", await output, StringComparison.Ordinal);
    }
}
