using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using LedgerLift.Testing;

namespace UploadHost.Browser.Tests;

/// <summary><c>samples/UploadHost</c> on PostgreSQL, S3 and Redis, with a worker beside it. The browser reaches the S3 server through the proxy.</summary>
public sealed class ServerHost : IPageHost, IAsyncLifetime
{
    private const string AdminKey = "an-admin-key-of-the-browser-tests-0123456789";
    private readonly PostgresFixture _postgres = new();
    private readonly S3Fixture _s3 = new();
    private readonly int _port = HostProcess.FreePort();
    private readonly string _user = $"browser-{Guid.NewGuid():N}";
    private HostProcess? _host;
    private HostProcess? _worker;
    private TcpFaultProxy? _proxy;

    public Uri BaseUrl => new($"http://127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}/");

    public TcpFaultProxy Store => _proxy!;

    public IReadOnlyList<string> BrowserArguments => [];

    public async ValueTask InitializeAsync()
    {
        await _postgres.InitializeAsync();
        await _s3.InitializeAsync();
        _proxy = _s3.StartProxy(captureLimit: 0);
        var settings = Settings();
        await HostProcess.RunAsync("UploadHost", ["--configure-bucket", BaseUrl.ToString().TrimEnd('/')], settings);
        _host = HostProcess.Start("UploadHost", ["--urls", BaseUrl.ToString().TrimEnd('/')], settings);
        await _host.WaitForAsync(new Uri(BaseUrl, "readiness"));
        _worker = HostProcess.Start("DocumentWorker", ["work"], settings);
    }

    public async Task<string?> IssueTokenAsync()
    {
        using var client = new HttpClient { BaseAddress = BaseUrl };
        client.DefaultRequestHeaders.Add("X-Admin-Key", AdminKey);
        using var issued = await client.PostAsJsonAsync("api/tokens", new { userId = _user });
        if (!issued.IsSuccessStatusCode)
            throw new InvalidOperationException($"No token: {await issued.Content.ReadAsStringAsync()} {_host!.Said}");
        return (await issued.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("jti").GetString();
    }

    public Task<string> ReadBackSha256Async(string key, string documentId) => AwsCommandLine.Sha256OfAsync(_s3, _s3.Bucket, key);

    public async Task<int> CountUnfinishedUploadsAsync()
    {
        var uploads = await _s3.Client.ListMultipartUploadsAsync(_s3.Bucket);
        return uploads.MultipartUploads?.Count ?? 0;
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
            await _worker.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
        if (_proxy is not null)
            await _proxy.DisposeAsync();
        await _s3.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    private Dictionary<string, string> Settings() =>
        new(StringComparer.Ordinal)
        {
            ["DATABASE_URL"] = _postgres.ConnectionString,
            ["REDIS_URL"] = ServerSettings.Load().Require(ServerSettings.Redis),
            ["USE_AWS"] = "false",
            ["S3_ENDPOINT"] = _s3.Endpoint.ToString(),
            ["S3_PUBLIC_ENDPOINT"] = $"http://127.0.0.1:{_proxy!.Port.ToString(CultureInfo.InvariantCulture)}",
            ["S3_BUCKET"] = _s3.Bucket,
            ["AWS_REGION"] = _s3.Region,
            ["AWS_ACCESS_KEY_ID"] = _s3.AccessKey,
            ["AWS_SECRET_ACCESS_KEY"] = _s3.SecretKey,
            ["HMAC_SECRET"] = "a-secret-of-the-browser-tests-0123456789",
            ["LedgerLift__Host__AdminKey"] = AdminKey,
            ["LedgerLift__Host__AdminCallsPerMinute"] = "600",
        };
}
