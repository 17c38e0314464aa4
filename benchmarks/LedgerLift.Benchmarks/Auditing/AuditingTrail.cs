using System.Globalization;
using LedgerLift.Auditing;
using LedgerLift.Auditing.Postgres;
using LedgerLift.Testing;
using Npgsql;

namespace LedgerLift.Benchmarks;

/// <summary>A trail in a schema of its own, dropped afterwards.</summary>
internal sealed class AuditingTrail : IAsyncDisposable
{
    private const string Key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private readonly NpgsqlDataSource _source;

    private AuditingTrail(string connectionString, TimeProvider? time)
    {
        var options = new PostgresAuditingOptions
        {
            ConnectionString = connectionString,
            Schema = Schema,
            SigningKey = Key,
            MonthsAhead = AuditingRows.Months,
            CommandTimeout = TimeSpan.FromMinutes(10),
        };
        var auditing = new AuditingOptions { Rules = { new AuditPolicyRule { Delivery = AuditDelivery.DurableAsync } } };
        Logger = new PostgresAuditLogger(options, auditing);
        Keeper = new PostgresAuditTrail(options, timeProvider: time);
        _source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 1800, GssEncryptionMode = GssEncryptionMode.Disable }
        );
    }

    public string Schema { get; } = $"bench_{Guid.NewGuid():N}";

    public PostgresAuditLogger Logger { get; }

    public PostgresAuditTrail Keeper { get; }

    public static async Task<AuditingTrail> CreateAsync(TimeProvider? time = null)
    {
        var trail = new AuditingTrail(ServerSettings.Load().Require(ServerSettings.Postgres), time);
        await trail.Keeper.EnsureSchemaAsync();
        return trail;
    }

    /// <summary>Entries over six months, made by the server, with the indexes made afterwards.</summary>
    public async Task FillAsync(int entries)
    {
        foreach (var index in new[] { "xact", "user", "resource", "action", "request" })
            await ExecuteAsync($"DROP INDEX {Schema}.audit_entries_{index}");
        const int Chunk = 500_000;
        for (var from = 0; from < entries; from += Chunk)
            await ExecuteAsync(AuditingRows.Fill(Schema, from, Math.Min(from + Chunk, entries), entries));
        await Keeper.EnsureSchemaAsync();
        await ExecuteAsync($"ANALYZE {Schema}.audit_entries");
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Logger.DisposeAsync();
        await Keeper.DisposeAsync();
        await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"DROP SCHEMA {Schema} CASCADE"));
        await _source.DisposeAsync();
    }
}
