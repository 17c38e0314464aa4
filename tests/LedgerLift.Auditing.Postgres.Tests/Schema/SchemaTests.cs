using LedgerLift.Testing;
using Npgsql;

namespace LedgerLift.Auditing.Postgres.Tests;

public sealed class SchemaTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData("UPDATE {s}.audit_entries SET action = 'x'")]
    [InlineData("UPDATE {s}.audit_entries SET details = NULL")]
    [InlineData("DELETE FROM {s}.audit_entries")]
    [InlineData("TRUNCATE {s}.audit_entries")]
    [InlineData("TRUNCATE {s}.audit_entries_default")]
    [InlineData("UPDATE {s}.audit_batches SET number = 9")]
    [InlineData("DELETE FROM {s}.audit_batches")]
    [InlineData("TRUNCATE {s}.audit_batches")]
    [InlineData("DELETE FROM {s}.audit_tombstones WHERE false; TRUNCATE {s}.audit_tombstones")]
    [InlineData(
        "SET ledgerlift.audit_duty = 'erase'; UPDATE {s}.audit_entries SET details = NULL, salt = NULL; RESET ledgerlift.audit_duty"
    )]
    [InlineData("SET ledgerlift.audit_duty = 'erase'; UPDATE {s}.audit_entries SET action = 'x'; RESET ledgerlift.audit_duty")]
    [InlineData("SET ledgerlift.audit_duty = 'move'; DELETE FROM {s}.audit_entries; RESET ledgerlift.audit_duty")]
    public async Task Even_the_owner_can_only_add(string change)
    {
        await using var trail = await TestTrail.CreateAsync(postgres);
        await trail.WriteAsync(1);
        await trail.SealAsync(1);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => trail.ExecuteAsync(change));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        Assert.Contains("append-only", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_application_s_role_adds_and_reads_and_seals_and_does_nothing_else()
    {
        var role = $"app_{Guid.NewGuid():N}";
        await postgres.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'secret'");
        try
        {
            await using var trail = await TestTrail.CreateAsync(
                postgres,
                options =>
                {
                    options.ApplicationRole = role;
                    options.MaintenanceConnectionString = options.ConnectionString;
                    options.ConnectionString = new NpgsqlConnectionStringBuilder(options.ConnectionString)
                    {
                        Username = role,
                        Password = "secret",
                        SearchPath = null,
                    }.ConnectionString;
                }
            );
            await trail.Logger.LogActionAsync(TestTrail.Action(1));
            await trail.SealAsync(1);
            Assert.True((await trail.Trail.VerifyAsync()).Clean);
            await trail.Trail.EnsurePartitionsAsync();
            foreach (
                var change in new[]
                {
                    "UPDATE {s}.audit_entries SET action = 'x'",
                    "DELETE FROM {s}.audit_entries",
                    "TRUNCATE {s}.audit_entries",
                    "INSERT INTO {s}.audit_entries (ts, id, xact, action, resource_type, result) VALUES (now(), gen_random_uuid(), '3', 'a', 'b', 'c')",
                    "DELETE FROM {s}.audit_batches",
                    "INSERT INTO {s}.audit_tombstones VALUES ('partition', 'x', 'y')",
                    "SELECT {s}.audit_erase(now(), gen_random_uuid(), '')",
                    "DROP TABLE {s}.audit_entries_default",
                    "ALTER TABLE {s}.audit_entries DISABLE TRIGGER ALL",
                }
            )
            {
                var refused = await Assert.ThrowsAsync<PostgresException>(() => trail.ExecuteAsync($"SET ROLE {role}; {change}"));
                Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
            }
        }
        finally
        {
            await postgres.ExecuteAsync($"DROP ROLE {role}");
        }
    }

    [Fact]
    public async Task Many_may_make_the_schema_at_once_and_again()
    {
        await using var trail = await TestTrail.CreateAsync(postgres);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => trail.Trail.EnsureSchemaAsync()));

        Assert.Equal(1L, await trail.ReadAsync<long>("SELECT count(*) FROM {s}.audit_schema"));
    }

    [Fact]
    public async Task The_months_ahead_have_partitions()
    {
        var time = new ManualTimeProvider(new DateTimeOffset(2031, 11, 30, 23, 0, 0, TimeSpan.Zero));
        await using var trail = await TestTrail.CreateAsync(postgres, options => options.MonthsAhead = 2, time: time);

        Assert.Equal(
            ["audit_entries_203111", "audit_entries_203112", "audit_entries_203201", "audit_entries_default"],
            await trail.ReadAsync<string[]>(
                "SELECT array_agg(c.relname::text ORDER BY c.relname) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = '{s}.audit_entries'::regclass"
            )
        );
    }

    [Fact]
    public async Task An_entry_without_a_partition_is_kept_and_moves_when_its_month_gets_one()
    {
        var time = new ManualTimeProvider(new DateTimeOffset(2031, 1, 15, 0, 0, 0, TimeSpan.Zero));
        await using var trail = await TestTrail.CreateAsync(postgres, options => options.MonthsAhead = 1, time: time);
        time.Advance(TimeSpan.FromDays(70));
        var written = await trail.WriteAsync(3);
        await trail.SealAsync(3);
        Assert.Equal(3L, await trail.ReadAsync<long>("SELECT count(*) FROM {s}.audit_entries_default"));

        await trail.Trail.EnsurePartitionsAsync();

        Assert.Equal(3L, await trail.ReadAsync<long>("SELECT count(*) FROM {s}.audit_entries_203103"));
        Assert.Equal(0L, await trail.ReadAsync<long>("SELECT count(*) FROM {s}.audit_entries_default"));
        Assert.Equal(written.Count, (await trail.ReadAllAsync()).Count);
        Assert.Empty((await trail.Trail.VerifyAsync()).Tampers);
        await Assert.ThrowsAsync<PostgresException>(() => trail.ExecuteAsync("DELETE FROM {s}.audit_entries_203103"));
        await Assert.ThrowsAsync<PostgresException>(() => trail.ExecuteAsync("TRUNCATE {s}.audit_entries_203103"));
    }

    [Fact]
    public void The_script_names_schema_and_role_and_leaves_no_gap()
    {
        var script = PostgresAuditTrail.GenerateSchemaScript(new PostgresAuditingOptions { Schema = "trail", ApplicationRole = "app" });

        Assert.Contains("CREATE TABLE IF NOT EXISTS trail.audit_entries", script, StringComparison.Ordinal);
        Assert.Contains("TO app;", script, StringComparison.Ordinal);
        Assert.DoesNotContain("{", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Trail", null)]
    [InlineData("a\"; DROP TABLE x; --", null)]
    [InlineData("trail", "app; --")]
    public void The_script_takes_no_other_names(string schema, string? role) =>
        Assert.Throws<ArgumentException>(() =>
            PostgresAuditTrail.GenerateSchemaScript(new PostgresAuditingOptions { Schema = schema, ApplicationRole = role })
        );
}
