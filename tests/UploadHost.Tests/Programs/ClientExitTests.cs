using UploadHost.Processes;

namespace UploadHost.Tests;

/// <summary>
/// The client without a host. A class of its own, for a host that is not there is asked again for half a minute; the first one (<see cref="LongWaitFirst"/>), so that
/// the others run meanwhile.
/// </summary>
public sealed class ClientExitTests
{
    [Theory]
    [InlineData(2, "upload")]
    [InlineData(2, "show", "no-id")]
    [InlineData(2, "list", "--host", "nowhere")]
    [InlineData(3, "list", "--host", "http://127.0.0.1:9")]
    public async Task The_exit_code_says_what_kind_of_failure_it_was(int expected, params string[] args)
    {
        var (code, output) = await SampleProcess.RunAsync("UploadClient", [], args, TestContext.Current.CancellationToken);

        Assert.True(expected == code, output);
    }
}
