using System.Text.Json;
using LedgerLift.Testing;

namespace LedgerLift.Auditing.Postgres.Tests;

/// <summary>A trail in a schema of its own, with an anchor in memory; disposal drops it all.</summary>
internal sealed class TestTrail : IAsyncDisposable
{
    internal const string Key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private readonly PostgresFixture _postgres;

    private TestTrail(
        PostgresFixture postgres,
        PostgresAuditingOptions options,
        AuditingOptions? auditing,
        TimeProvider? time,
        LogRecorder? logs
    )
    {
        (_postgres, Options) = (postgres, options);
        Logger = new PostgresAuditLogger(options, auditing, logs, time);
        Trail = new PostgresAuditTrail(options, [Anchor], [Anchor], logs, time);
    }

    internal PostgresAuditingOptions Options { get; }

    internal PostgresAuditLogger Logger { get; }

    internal PostgresAuditTrail Trail { get; }

    internal ListAnchor Anchor { get; } = new();

    internal string Schema => Options.Schema;

    internal static PostgresAuditingOptions NewOptions(PostgresFixture postgres) =>
        new()
        {
            ConnectionString = postgres.ConnectionString,
            Schema = $"audit_{Guid.NewGuid():N}",
            Name = $"test-{Guid.NewGuid():N}",
            SigningKey = Key,
            RetryDelay = TimeSpan.FromMilliseconds(20),
        };

    internal static async Task<TestTrail> CreateAsync(
        PostgresFixture postgres,
        Action<PostgresAuditingOptions>? change = null,
        AuditingOptions? auditing = null,
        TimeProvider? time = null,
        LogRecorder? logs = null
    )
    {
        var options = NewOptions(postgres);
        change?.Invoke(options);
        var trail = new TestTrail(postgres, options, auditing, time, logs);
        await trail.Trail.EnsureSchemaAsync();
        return trail;
    }

    internal static AuditAction Action(int number, string action = "document.upload") =>
        new(action, "document")
        {
            ResourceId = $"doc-{number}",
            UserId = $"user-{number % 7}",
            IpAddress = "192.0.2.1",
            Details = JsonSerializer.SerializeToElement(new Dictionary<string, int>(StringComparer.Ordinal) { ["number"] = number }),
        };

    /// <summary>Writes entries one after the other in one transaction, so that all may be sealed at once.</summary>
    internal async Task<List<AuditEntry>> WriteAsync(int count, int first = 0)
    {
        var entries = new List<AuditEntry>(count);
        await using var connection = await _postgres.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        for (var number = first; number < first + count; number++)
            entries.Add(await Logger.LogActionAsync(Action(number), transaction));
        await transaction.CommitAsync();
        return entries;
    }

    /// <summary>Seals so many entries; transactions of other tests on the server can hold it up.</summary>
    internal async Task SealAsync(long entries)
    {
        var sum = 0L;
        await Poll.UntilAsync(
            async () =>
            {
                sum += await Trail.SealAsync();
                return sum >= entries;
            },
            TimeSpan.FromSeconds(60),
            $"{entries} entries are sealed"
        );
        Assert.Equal(entries, sum);
    }

    internal async Task<List<AuditEntry>> ReadAllAsync(AuditFilters? filters = null)
    {
        var entries = new List<AuditEntry>();
        await foreach (var entry in Logger.StreamAsync(filters ?? new AuditFilters()))
            entries.Add(entry);
        return entries;
    }

    internal Task ExecuteAsync(string sql) => _postgres.ExecuteAsync(sql.Replace("{s}", Schema, StringComparison.Ordinal));

    /// <summary>As a superuser whom no trigger stops.</summary>
    internal Task ForceAsync(string sql) => ExecuteAsync($"SET session_replication_role = replica; {sql}; RESET session_replication_role");

    internal Task<T> ReadAsync<T>(string sql) => _postgres.ReadAsync<T>(sql.Replace("{s}", Schema, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await Logger.DisposeAsync();
        await Trail.DisposeAsync();
        // A test that killed the server leaves the fixture's idle connections dead.
        _postgres.DataSource.Clear();
        await ExecuteAsync("DROP SCHEMA {s} CASCADE");
    }
}
