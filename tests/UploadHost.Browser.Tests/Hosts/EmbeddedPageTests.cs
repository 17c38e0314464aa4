namespace UploadHost.Browser.Tests;

/// <summary>The contract on the real host with embedded parts.</summary>
public sealed class EmbeddedPageTests(EmbeddedHost host, Chromium chromium) : PageContract(host, chromium), IClassFixture<EmbeddedHost>
{
    protected override Task<string> ExpectedPartsAsync() =>
        Task.FromResult("Embedded in the host: documents and trail, object store, tokens, worker");
}
