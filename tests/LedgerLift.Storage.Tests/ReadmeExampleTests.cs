using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LedgerLift.Storage.Tests;

public sealed class ReadmeExampleTests
{
    [Fact]
    public async Task The_examples_do_what_the_readme_says() => Assert.Null(await Record.ExceptionAsync(ReadmeExample.RunAsync));

    [Fact]
    public async Task The_S3_options_of_the_readme_are_valid()
    {
        var services = new ServiceCollection();
        ReadmeExample.AddS3(services);
        await using var provider = services.BuildServiceProvider();

        Assert.Equal("documents", provider.GetRequiredService<IOptions<StorageOptions>>().Value.Bucket);
        Assert.NotNull(provider.GetRequiredService<IObjectStore>());
    }
}
