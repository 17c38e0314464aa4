using LedgerLift.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace LedgerLift.Data.Tests;

/// <summary>Migrations on a real server; each test in a schema of its own.</summary>
public sealed class SchemaMigratorTests : IAsyncLifetime
{
    private const string Scripts = "LedgerLift.Data.Tests.Migrations.Scripts.";
    private readonly PostgresFixture _postgres = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _postgres.InitializeAsync();

    public async ValueTask DisposeAsync() => await _postgres.DisposeAsync();

    [Fact]
    public async Task Scripts_are_applied_once_in_order()
    {
        await using var database = Databases.Open(_postgres);
        var migrator = Migrator(database, "Good.");
        Assert.Equal(4, (await migrator.ValidateAsync(Cancellation)).Count);

        var first = await migrator.MigrateAsync(Cancellation);
        var second = await migrator.MigrateAsync(Cancellation);

        Assert.Equal(["V0001__documents.sql", "V0002__first_runs.sql", "V0003__index.sql", "V0004__more_runs.sql"], first.Applied);
        Assert.Empty(second.Applied);
        Assert.Equal(first.Applied, second.AlreadyApplied);
        Assert.Equal(3L, await _postgres.ReadAsync<long>("SELECT count(*) FROM runs"));
        Assert.Equal(2L, await IndexesAsync());
        Assert.Empty(await migrator.ValidateAsync(Cancellation));
        Assert.Equal(0, database.GetPoolSnapshot().InUse);
    }

    [Fact]
    public async Task Eight_migrators_at_once_apply_each_script_once_without_a_deadlock()
    {
        var databases = Enumerable.Range(0, 8).Select(_ => Databases.Open(_postgres)).ToArray();

        var reports = await Task.WhenAll(databases.Select(database => Migrator(database, "Good.").MigrateAsync(Cancellation)));

        Assert.Equal(4, reports.Sum(report => report.Applied.Count));
        Assert.Equal(3L, await _postgres.ReadAsync<long>("SELECT count(*) FROM runs"));
        Assert.Equal(2L, await IndexesAsync());
        foreach (var database in databases)
            await database.DisposeAsync();
    }

    [Theory]
    [InlineData("UPDATE ledgerlift_schema_history SET checksum = 'x' WHERE version = 2", "migration_drift", "V0002__first_runs.sql")]
    [InlineData("DELETE FROM ledgerlift_schema_history WHERE version = 2", "migration_gap", "V0002__first_runs.sql")]
    [InlineData(
        "UPDATE ledgerlift_schema_history SET version = 9, name = 'V0009__later.sql' WHERE version = 4",
        "migration_downgrade",
        "V0009__later.sql"
    )]
    public async Task Contradictions_are_refused_and_validated(string change, string code, string script)
    {
        await using var database = Databases.Open(_postgres);
        var migrator = Migrator(database, "Good.");
        await migrator.MigrateAsync(Cancellation);
        await _postgres.ExecuteAsync(change);

        var failure = await Assert.ThrowsAsync<MigrationException>(() => migrator.MigrateAsync(Cancellation));

        Assert.Equal((code, script, false), (failure.Code, failure.Script, failure.IsTransient));
        Assert.Contains(failure.Message, await migrator.ValidateAsync(Cancellation));
        Assert.Equal(0, database.GetPoolSnapshot().InUse);
    }

    [Fact]
    public async Task A_failing_script_leaves_nothing_and_is_named()
    {
        await using var database = Databases.Open(_postgres);

        var failure = await Assert.ThrowsAsync<MigrationException>(() => Migrator(database, "Failing.").MigrateAsync(Cancellation));

        Assert.Equal(("migration_failed", "V0002__two.sql"), (failure.Code, failure.Script));
        Assert.IsType<PostgresException>(failure.InnerException);
        Assert.Equal((true, false), (await ExistsAsync("one"), await ExistsAsync("two")));
        Assert.Equal(["V0002__two.sql is not applied."], await Migrator(database, "Failing.").ValidateAsync(Cancellation));
    }

    [Theory]
    [InlineData("Gap.")]
    [InlineData("None.")]
    public async Task Scripts_out_of_order_or_missing_are_refused_before_anything_is_done(string folder)
    {
        await using var database = Databases.Open(_postgres);

        var failure = await Assert.ThrowsAsync<MigrationException>(() => Migrator(database, folder).MigrateAsync(Cancellation));

        Assert.Equal("migration_scripts", failure.Code);
    }

    [Fact]
    public async Task A_migrator_killed_in_a_script_without_a_transaction_is_made_good_by_the_next()
    {
        await using var database = Databases.Open(_postgres);
        await _postgres.ExecuteAsync(
            "CREATE TABLE documents (id int PRIMARY KEY, name text NOT NULL DEFAULT 'x'); CREATE TABLE runs (script text NOT NULL)"
        );
        // As the kill leaves it: the script noted as started, and an index that is not valid.
        await _postgres.ExecuteAsync(MigrationJournal.Create);
        var scripts = Source("Good.").Load();
        foreach (var script in scripts.Take(3))
            await _postgres.ExecuteAsync(
                $"INSERT INTO ledgerlift_schema_history (source, version, name, checksum, success) VALUES ('{script.Source}', {script.Version}, '{script.Name}', '{script.Checksum}', {script.Version < 3})"
            );
        await _postgres.ExecuteAsync("CREATE INDEX documents_name ON documents (name)");
        await _postgres.ExecuteAsync("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'documents_name'::regclass");

        var report = await Migrator(database, "Good.").MigrateAsync(Cancellation);

        Assert.Equal(["V0003__index.sql", "V0004__more_runs.sql"], report.Applied);
        Assert.Equal(2L, await IndexesAsync());
    }

    [Fact]
    public async Task A_migrator_killed_while_it_builds_an_index_concurrently_is_made_good_by_the_next()
    {
        string? name = null;
        await using var killed = Databases.Open(_postgres, o => name = o.Name);
        await _postgres.ExecuteAsync("CREATE TABLE documents (id int PRIMARY KEY, name text NOT NULL DEFAULT 'x')");
        await _postgres.ExecuteAsync("CREATE TABLE runs (script text NOT NULL)");
        await _postgres.ExecuteAsync(MigrationJournal.Create);
        foreach (var script in Source("Good.").Load().Take(2))
            await _postgres.ExecuteAsync(
                $"INSERT INTO ledgerlift_schema_history (source, version, name, checksum, success) VALUES ('{script.Source}', {script.Version}, '{script.Name}', '{script.Checksum}', true)"
            );
        // The index waits for this transaction.
        await using var writer = await _postgres.DataSource.OpenConnectionAsync(Cancellation);
        await using (var writing = await writer.BeginTransactionAsync(Cancellation))
        {
            await using var insert = new NpgsqlCommand("INSERT INTO documents (id) VALUES (1)", writer);
            await insert.ExecuteNonQueryAsync(Cancellation);
            var migrating = Migrator(killed, "Good.").MigrateAsync(Cancellation);
            await Poll.UntilAsync(
                async () =>
                    await _postgres.ReadAsync<long>(
                        $"SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE application_name = '{name}' AND query LIKE '%CREATE INDEX CONCURRENTLY%' AND wait_event_type = 'Lock'"
                    ) == 1,
                cancellationToken: Cancellation
            );
            await Assert.ThrowsAnyAsync<Exception>(() => migrating);
        }

        Assert.Equal(0L, await IndexesAsync());
        await using var database = Databases.Open(_postgres);

        var report = await Migrator(database, "Good.").MigrateAsync(Cancellation);

        Assert.Equal(["V0003__index.sql", "V0004__more_runs.sql"], report.Applied);
        Assert.Equal(2L, await IndexesAsync());
    }

    [Fact]
    public async Task A_migrator_killed_in_a_transaction_leaves_nothing_and_its_lock_is_free()
    {
        await using var proxy = _postgres.StartProxy();
        await using var killed = Databases.Open(_postgres, proxy);
        using var rule = proxy.ClientToServer.WhenPasses("INSERT INTO runs VALUES ('V0002')"u8, Fault.Reset, deliver: false);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => Migrator(killed, "Good.").MigrateAsync(Cancellation));
        await using var database = Databases.Open(_postgres);

        var report = await Migrator(database, "Good.").MigrateAsync(Cancellation);

        Assert.Equal(3, report.Applied.Count);
        Assert.Equal(3L, await _postgres.ReadAsync<long>("SELECT count(*) FROM runs"));
    }

    [Fact]
    public async Task The_offline_script_holds_every_script_with_its_journal_entry()
    {
        await using var database = Databases.Open(_postgres);
        var migrator = Migrator(database, "Good.");

        var text = await migrator.GenerateScriptAsync(Cancellation);
        foreach (var statement in SqlStatements.Split(text[text.IndexOf('\n', StringComparison.Ordinal)..]))
            await _postgres.ExecuteAsync(statement is "BEGIN" or "COMMIT" ? "SELECT 1" : statement);

        Assert.Empty(await migrator.ValidateAsync(Cancellation));
        Assert.Equal(3L, await _postgres.ReadAsync<long>("SELECT count(*) FROM runs"));
    }

    [Fact]
    public async Task Behind_pgbouncer_migrations_are_refused()
    {
        await using var database = Databases.Open(_postgres, o => o.Mode = PoolingMode.PgBouncer);

        var failure = await Assert.ThrowsAsync<MigrationException>(() => Migrator(database, "Good.").MigrateAsync(Cancellation));

        Assert.Equal("migration_needs_session", failure.Code);
    }

    [Fact]
    public async Task Registered_twice_the_host_migrates_once_at_start()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddLedgerLiftData(o => (o.ConnectionString, o.Name) = (_postgres.ConnectionString, "migrating"));
        services.AddLedgerLiftMigrations(typeof(SchemaMigratorTests).Assembly, Scripts + "Good.");
        services.AddLedgerLiftMigrations(typeof(SchemaMigratorTests).Assembly, Scripts + "Good.");
        await using var provider = services.BuildServiceProvider();

        foreach (var service in provider.GetServices<IHostedService>())
            await service.StartAsync(Cancellation);

        Assert.Empty(await provider.GetRequiredService<ISchemaMigrator>().ValidateAsync(Cancellation));
        Assert.Single(provider.GetServices<IHostedService>().OfType<MigrationStart>());
    }

    private static MigrationSource Source(string folder) => new(typeof(SchemaMigratorTests).Assembly, Scripts + folder);

    private static SchemaMigrator Migrator(PostgresDatabase database, string folder) =>
        new(database, [Source(folder)], TimeProvider.System);

    private Task<long> IndexesAsync() =>
        _postgres.ReadAsync<long>(
            "SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relname LIKE 'documents_name%' AND c.relnamespace = current_schema()::regnamespace AND i.indisvalid"
        );

    private Task<bool> ExistsAsync(string table) => _postgres.ReadAsync<bool>($"SELECT to_regclass('{table}') IS NOT NULL");
}
