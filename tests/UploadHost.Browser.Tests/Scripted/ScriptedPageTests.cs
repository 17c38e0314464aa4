namespace UploadHost.Browser.Tests;

/// <summary>The contract on the host in memory.</summary>
public sealed class ScriptedPageTests(ScriptedHost host, Chromium chromium) : PageContract(host, chromium), IClassFixture<ScriptedHost>
{
    protected override Task<string> ExpectedPartsAsync() =>
        Task.FromResult("Embedded in the host: documents and trail, object store, tokens, worker");
}
