namespace LedgerLift.Telemetry.Tests;

public sealed class ReadmeExampleTests
{
    [Fact]
    public async Task The_first_example_does_what_the_readme_says() => Assert.Null(await Record.ExceptionAsync(ReadmeExample.RunAsync));
}
