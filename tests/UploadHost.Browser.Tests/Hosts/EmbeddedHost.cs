using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using LedgerLift.Testing;
using UploadHost.Processes;

namespace UploadHost.Browser.Tests;

/// <summary>
/// <c>samples/UploadHost</c> with nothing but the SDK. Its store has the page's own origin, so the browser is told to take the proxy's port for the
/// host's: page, calls and uploads all go through the proxy.
/// </summary>
public sealed class EmbeddedHost : IPageHost, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = FreePort.Find();
    private RunningHost? _host;
    private TcpFaultProxy? _proxy;

    public Uri BaseUrl => new($"http://127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}/");

    public TcpFaultProxy Store => _proxy!;

    public IReadOnlyList<string> BrowserArguments => [$"--host-resolver-rules=MAP 127.0.0.1:{_port} 127.0.0.1:{_proxy!.Port}"];

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LedgerLift__Host__DataFolder"] = _folder.Path,
            ["LedgerLift__Host__AdminCallsPerMinute"] = "600",
        };
        _host = await RunningHost.StartAsync(settings, TestContext.Current.CancellationToken, _port);
        _proxy = TcpFaultProxy.Start("127.0.0.1", _port, captureLimit: 0);
    }

    public Task<string?> IssueTokenAsync() => Task.FromResult<string?>(null);

    public async Task<string> ReadBackSha256Async(string key, string documentId)
    {
        using var client = new HttpClient { BaseAddress = BaseUrl };
        using var issued = await client.PostAsJsonAsync("api/tokens", new { userId = "local" });
        var token = (await issued.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("jti").GetString();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        await using var content = await client.GetStreamAsync(new Uri($"api/documents/{documentId}/content", UriKind.Relative));
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content));
    }

    // A folder for each upload in parts, from its beginning to its end.
    public Task<int> CountUnfinishedUploadsAsync() =>
        Task.FromResult(Directory.GetDirectories(Path.Combine(_folder.Path, "objects", "uploads")).Length);

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
            await _proxy.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
        _folder.Dispose();
    }
}
