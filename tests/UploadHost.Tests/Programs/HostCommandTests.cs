using System.Net;
using System.Security.Cryptography;
using LedgerLift.Testing;
using UploadHost.Processes;

namespace UploadHost.Tests;

/// <summary>What the host does instead of serving.</summary>
public sealed class HostCommandTests : IAsyncLifetime
{
    private readonly HostServers _servers = new();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _servers.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _servers.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Prints_the_migrations_and_applies_them()
    {
        var (code, script) = await RunAsync("--migrate-script");
        Assert.Equal(0, code);
        Assert.Contains("CREATE TABLE documents", script, StringComparison.Ordinal);
        Assert.Contains("audit_entries", script, StringComparison.Ordinal);

        Assert.Equal(0, (await RunAsync("--migrate")).Code);
        Assert.Equal(0, (await RunAsync("--migrate")).Code);
        Assert.Equal(0L, await _servers.Postgres.ReadAsync<long>("SELECT count(*) FROM documents"));
    }

    [Fact]
    public async Task Exports_the_trail_which_is_verified_without_any_server()
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        _servers.Settings["LedgerLift__Auditing__SigningKey"] = key;
        await using (var host = await RunningHost.StartAsync(_servers.Settings, Token))
        {
            var issued = await new ApiUser(host.Http, "ada", token: null, Token).PostAsync(
                "/api/tokens",
                new { userId = "ada" },
                request => request.Headers.Add("X-Admin-Key", HostServers.AdminKey)
            );
            await new ApiUser(host.Http, "ada", issued.Is(HttpStatusCode.Created)["jti"], Token).UploadAsync(ApiUser.Rows());
        }

        var trail = Path.Combine(_folder.Path, "trail.ndjson");
        var secret = Path.Combine(_folder.Path, "key");
        await File.WriteAllTextAsync(secret, key, Token);

        var exported = await RunAsync("--export-trail", trail);
        var clean = await VerifyAsync(trail, secret);
        var text = await File.ReadAllTextAsync(trail, Token);
        await File.WriteAllTextAsync(trail, text.Replace("\"ada\"", "\"eve\"", StringComparison.Ordinal), Token);
        var tampered = await VerifyAsync(trail, secret);

        Assert.True(exported.Code == 0, exported.Output);
        Assert.Contains("\"ada\"", text, StringComparison.Ordinal);
        Assert.True(clean.Code == 0, clean.Output);
        Assert.True(tampered.Code == 1, tampered.Output);
    }

    [Fact]
    public async Task Lets_the_page_upload_into_the_bucket_and_drops_unfinished_uploads()
    {
        Assert.Equal(0, (await RunAsync("--configure-bucket", "http://127.0.0.1:5080")).Code);

        var rules = await _servers.S3.Client.GetCORSConfigurationAsync(_servers.S3.Bucket, Token);
        Assert.Equal("http://127.0.0.1:5080", Assert.Single(Assert.Single(rules.Configuration.Rules).AllowedOrigins));
        var lifecycle = await _servers.S3.Client.GetLifecycleConfigurationAsync(_servers.S3.Bucket, Token);
        Assert.Equal(7, Assert.Single(lifecycle.Configuration.Rules).AbortIncompleteMultipartUpload.DaysAfterInitiation);
        Assert.NotEqual(0, (await RunAsync("--configure-bucket", "no origin")).Code);
    }

    private Task<(int Code, string Output)> VerifyAsync(string trail, string secret) =>
        SampleProcess.RunAsync("AuditVerify", [], [trail, "--secret-file", $"audit-1={secret}"], Token);

    private Task<(int Code, string Output)> RunAsync(params string[] args) =>
        SampleProcess.RunAsync("UploadHost", _servers.Settings, args, Token);
}
