using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LedgerLift.Testing;
using UploadHost.Processes;

namespace UploadHost.Tests;

/// <summary>How the host starts, and how it says that it cannot.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Dictionary<string, string> Embedded => new(StringComparer.Ordinal) { ["LedgerLift__Host__DataFolder"] = _folder.Path };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Documents_are_still_there_after_a_kill_and_a_restart()
    {
        byte[] content = ApiUser.Rows();
        string id;
        await using (var first = await RunningHost.StartAsync(Embedded, Token))
        {
            var user = await SignInAsync(first);
            id = (await user.UploadAsync(content))["id"]!.GetValue<string>();
            first.Process.Kill();
        }

        await using var second = await RunningHost.StartAsync(Embedded, Token);
        var again = await SignInAsync(second);
        var document = await again.WaitForAsync(id, "completed");
        Assert.Equal(ApiUser.Sha256(content), document["sha256"]!.GetValue<string>());
        var stored = (await again.GetAsync($"/api/documents/{id}/content")).Is(HttpStatusCode.OK);
        Assert.Equal(content, await stored.Message.Content.ReadAsByteArrayAsync(Token));
        Assert.Contains("Embedded parts: database, s3, redis, worker", second.Process.Output, StringComparison.Ordinal);
        Assert.Contains(second.Address.ToString().TrimEnd('/'), second.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_that_says_what_to_do()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var line = await FailAsync(Embedded, "--urls", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");

        Assert.Contains("is in use", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DATABASE_URL", "Host=127.0.0.1;Username=a;Password=canary-secret", "S3_BUCKET, REDIS_URL, HMAC_SECRET")]
    [InlineData("HMAC_SECRET", "canary-secret", "at least 32")]
    [InlineData("DB_POOL_TIMEOUT", "soon", "DB_POOL_TIMEOUT must be a number of seconds")]
    [InlineData("LOG_LEVEL", "loud", "loud")]
    [InlineData("LedgerLift__Host__DataFolder", "/proc/no/folder", "data folder")]
    public async Task A_setting_that_cannot_be_used_is_one_line(string name, string value, string expected)
    {
        var settings = Embedded;
        settings[name] = value;

        var line = await FailAsync(settings);

        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-secret", line, StringComparison.Ordinal);
    }

    // A label of a host name has 63 characters at most: the resolver refuses this one without asking anybody.
    [Theory]
    [InlineData("DATABASE_URL", "postgres://someone:canary-secret@{0}:5432/documents")]
    [InlineData("S3_ENDPOINT", "http://{0}:9000")]
    [InlineData("REDIS_URL", "redis://:canary-secret@{0}:6379")]
    public async Task A_server_whose_name_does_not_resolve_is_one_line(string setting, string address)
    {
        var name = $"{new string('a', 64)}.test";
        var settings = Embedded;
        settings["DATABASE_URL"] = "postgres://someone:canary-secret@127.0.0.1:9/documents";
        settings["USE_AWS"] = "false";
        settings["S3_ENDPOINT"] = "http://127.0.0.1:9";
        settings["S3_BUCKET"] = "documents";
        settings["AWS_ACCESS_KEY_ID"] = "someone";
        settings["AWS_SECRET_ACCESS_KEY"] = "canary-secret";
        settings["REDIS_URL"] = "redis://127.0.0.1:9";
        settings["HMAC_SECRET"] = HostServers.HmacSecret;
        settings[setting] = string.Format(CultureInfo.InvariantCulture, address, name);

        var line = await FailAsync(settings, "--urls", $"http://127.0.0.1:{FreePort.Find()}");

        Assert.Contains(name, line, StringComparison.Ordinal);
        Assert.Contains(setting, line, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-secret", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embedded_parts_are_offered_to_this_machine_only()
    {
        var line = await FailAsync(Embedded, "--urls", "http://0.0.0.0:5099");

        Assert.Contains("this machine only", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_host_on_the_same_data_folder_is_one_line()
    {
        await using var first = await RunningHost.StartAsync(Embedded, Token);

        var line = await FailAsync(Embedded, "--urls", $"http://127.0.0.1:{FreePort.Find()}");

        Assert.Contains("DataFolder", line, StringComparison.Ordinal);
    }

    // What dotnet run does to a web project when it is not told otherwise: start it in the project's folder.
    [Fact]
    public async Task A_path_that_is_given_to_dotnet_run_starts_where_it_is_run()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "settings"), "DATABASE_URL='Host=127.0.0.1;Username=a'\n", Token);

        await using var process = SampleProcess.StartFromSources("UploadHost", _folder.Path, [], "--real", "settings");

        Assert.Equal(1, await process.WaitAsync(Token));
        Assert.Contains("S3_BUCKET, REDIS_URL, HMAC_SECRET", process.Output, StringComparison.Ordinal);
    }

    private static async Task<string> FailAsync(Dictionary<string, string> settings, params string[] args)
    {
        var (code, output) = await SampleProcess.RunAsync("UploadHost", settings, args, Token);
        Assert.NotEqual(0, code);
        return Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<ApiUser> SignInAsync(RunningHost host)
    {
        var issued = await new ApiUser(host.Http, "local", token: null, Token).PostAsync("/api/tokens", new { userId = "local" });
        return new ApiUser(host.Http, "local", issued.Is(HttpStatusCode.Created)["jti"], Token);
    }
}
