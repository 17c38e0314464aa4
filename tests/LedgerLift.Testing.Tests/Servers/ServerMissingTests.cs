using System.Net;
using System.Net.Sockets;

namespace LedgerLift.Testing.Tests;

/// <summary>A server that is named and does not answer: the fixture fails with what to do about it.</summary>
public sealed class ServerMissingTests : IDisposable
{
    private readonly Socket _silent = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ServerSettings _settings;

    public ServerMissingTests()
    {
        // Bound and not listening: connections are refused, and nobody else gets the port meanwhile.
        _silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)_silent.LocalEndPoint!).Port;
        var environment = new Dictionary<string, string?>
        {
            [ServerSettings.Postgres] = $"Host=127.0.0.1;Port={port};Username=nobody;Password=secret-word",
            [ServerSettings.Redis] = $"127.0.0.1:{port}",
            [ServerSettings.S3Endpoint] = $"http://127.0.0.1:{port}",
            [ServerSettings.S3AccessKey] = "key",
            [ServerSettings.S3SecretKey] = "secret-word",
            [ServerSettings.S3Region] = "us-east-1",
        };
        _settings = ServerSettings.Load(environment.GetValueOrDefault, ".");
    }

    public void Dispose() => _silent.Dispose();

    [Fact]
    public Task Postgres_that_does_not_answer_says_so() =>
        AssertFailsAsync(new PostgresFixture(_settings), ServerSettings.Postgres, "eng/services up postgres");

    [Fact]
    public Task Redis_that_does_not_answer_says_so() =>
        AssertFailsAsync(new RedisFixture(_settings), ServerSettings.Redis, "eng/services up redis");

    [Fact]
    public Task S3_that_does_not_answer_says_so() =>
        AssertFailsAsync(new S3Fixture(_settings), ServerSettings.S3Endpoint, "eng/services up s3");

    private static async Task AssertFailsAsync(IAsyncLifetime fixture, string variable, string command)
    {
        await using (fixture)
        {
            var failure = await Assert.ThrowsAsync<ServerMissingException>(async () => await fixture.InitializeAsync());

            Assert.Contains($"({variable})", failure.Message, StringComparison.Ordinal);
            Assert.Contains($"`{command}`", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("secret-word", failure.ToString(), StringComparison.Ordinal);
        }
    }
}
