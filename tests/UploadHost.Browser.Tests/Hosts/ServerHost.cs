using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using LedgerLift.Testing;
using UploadHost.Processes;

namespace UploadHost.Browser.Tests;

/// <summary><c>samples/UploadHost</c> on PostgreSQL, S3 and Redis, with two workers beside it. The browser reaches the S3 server through the proxy.</summary>
public sealed class ServerHost : IPageHost, IAsyncLifetime
{
    private readonly int _port = FreePort.Find();
    private RunningHost? _host;
    private TcpFaultProxy? _proxy;

    public Uri BaseUrl => new($"http://127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}/");

    public TcpFaultProxy Store => _proxy!;

    public IReadOnlyList<string> BrowserArguments => [];

    /// <summary>What stands behind the host.</summary>
    internal HostServers Servers { get; } = new();

    /// <summary>Both workers.</summary>
    internal IReadOnlyList<SampleProcess> Workers { get; private set; } = [];

    /// <summary>What the trail's seals are signed with, in Base64.</summary>
    internal static string SigningKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Whose documents the page shows.</summary>
    internal string User { get; } = $"browser-{Guid.NewGuid():N}";

    public async ValueTask InitializeAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        await Servers.InitializeAsync();
        _proxy = Servers.S3.StartProxy(captureLimit: 0);
        Servers.Settings["S3_PUBLIC_ENDPOINT"] = $"http://127.0.0.1:{_proxy.Port.ToString(CultureInfo.InvariantCulture)}";
        Servers.Settings["LedgerLift__Host__AdminCallsPerMinute"] = "600";
        Servers.Settings["LedgerLift__Auditing__SigningKey"] = SigningKey;
        string[] origin = ["--configure-bucket", BaseUrl.ToString().TrimEnd('/')];
        var (code, said) = await SampleProcess.RunAsync("UploadHost", Servers.Settings, origin, stop);
        Assert.True(code == 0, said);
        _host = await RunningHost.StartAsync(Servers.Settings, stop, _port);
        Workers = [.. Enumerable.Range(0, 2).Select(_ => SampleProcess.Start("DocumentWorker", Servers.Settings, "work"))];
    }

    public async Task<string?> IssueTokenAsync()
    {
        using var client = new HttpClient { BaseAddress = BaseUrl };
        client.DefaultRequestHeaders.Add("X-Admin-Key", HostServers.AdminKey);
        using var issued = await client.PostAsJsonAsync("api/tokens", new { userId = User });
        if (!issued.IsSuccessStatusCode)
            throw new InvalidOperationException($"No token: {await issued.Content.ReadAsStringAsync()} {_host!.Process.Output}");
        return (await issued.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("jti").GetString();
    }

    public Task<string> ReadBackSha256Async(string key, string documentId) =>
        AwsCommandLine.Sha256OfAsync(Servers.S3, Servers.S3.Bucket, key);

    public async Task<int> CountUnfinishedUploadsAsync()
    {
        var uploads = await Servers.S3.Client.ListMultipartUploadsAsync(Servers.S3.Bucket);
        return uploads.MultipartUploads?.Count ?? 0;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in Workers)
            await worker.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
        if (_proxy is not null)
            await _proxy.DisposeAsync();
        await Servers.DisposeAsync();
    }
}
