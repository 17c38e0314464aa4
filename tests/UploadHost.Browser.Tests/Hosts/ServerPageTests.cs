namespace UploadHost.Browser.Tests;

/// <summary>The contract on the real host with PostgreSQL, S3 and Redis.</summary>
public sealed class ServerPageTests(ServerHost host, Chromium chromium) : PageContract(host, chromium), IClassFixture<ServerHost>
{
    protected override Task<string> ExpectedPartsAsync() => Task.FromResult("On real servers");
}
