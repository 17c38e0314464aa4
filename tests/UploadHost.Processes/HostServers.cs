using LedgerLift.Testing;
using Xunit;

namespace UploadHost.Processes;

/// <summary>Real servers for a host of its own: a schema, a bucket, a prefix, and the settings that point to them.</summary>
/// <param name="s3">Where its bucket is from; null for one of its own.</param>
public sealed class HostServers(S3Fixture? s3 = null) : IAsyncLifetime
{
    public const string AdminKey = "tests-admin-key-0123456789abcdef0123456789";
    public const string HmacSecret = "tests-hmac-secret-0123456789abcdef012345678";

    public PostgresFixture Postgres { get; } = new();

    public S3Fixture S3 { get; } = s3 ?? new S3Fixture();

    public RedisFixture Redis { get; } = new();

    /// <summary>The variables of a host or a worker, by the names of the documents.</summary>
    public IDictionary<string, string> Settings => _settings;

    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);

    public async ValueTask InitializeAsync()
    {
        await Postgres.InitializeAsync();
        await S3.InitializeAsync();
        await Redis.InitializeAsync();
        Settings["DATABASE_URL"] = Postgres.ConnectionString;
        Settings["USE_AWS"] = "false";
        Settings["S3_ENDPOINT"] = S3.Endpoint.ToString();
        Settings["S3_BUCKET"] = S3.Bucket;
        Settings["AWS_REGION"] = S3.Region;
        Settings["AWS_ACCESS_KEY_ID"] = S3.AccessKey;
        Settings["AWS_SECRET_ACCESS_KEY"] = S3.SecretKey;
        Settings["REDIS_URL"] = ServerSettings.Load().Require(ServerSettings.Redis);
        Settings["HMAC_SECRET"] = HmacSecret;
        Settings["LedgerLift__Host__AdminKey"] = AdminKey;
        Settings["LedgerLift__Redis__KeyPrefix"] = Redis.KeyPrefix;
        Settings["LedgerLift__Auditing__Schema"] = $"{Postgres.Schema}_audit";
        Settings["LedgerLift__Worker__PollInterval"] = "00:00:00.1";
    }

    public async ValueTask DisposeAsync()
    {
        // Connections from before a kill are of no use any more.
        Postgres.DataSource.Clear();
        await Postgres.ExecuteAsync($"DROP SCHEMA IF EXISTS {Postgres.Schema}_audit CASCADE");
        await Postgres.DisposeAsync();
        await S3.DisposeAsync();
        await Redis.DisposeAsync();
    }
}
