using System.Globalization;
using System.Text;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>Applies the scripts of all registered assemblies, in the order of registration. Thread-safe.</summary>
internal sealed class SchemaMigrator(PostgresDatabase database, IEnumerable<MigrationSource> sources, TimeProvider time) : ISchemaMigrator
{
    private const string EnsureJournal = MigrationJournal.Create;

    public Task<MigrationReport> MigrateAsync(CancellationToken cancellationToken = default) => RunAsync(sources, cancellationToken);

    /// <summary>Applies the scripts that are to be applied when the host starts.</summary>
    internal Task<MigrationReport> MigrateOnStartAsync(CancellationToken cancellationToken) =>
        RunAsync(sources.Where(source => source.IsAppliedOnStart), cancellationToken);

    private async Task<MigrationReport> RunAsync(IEnumerable<MigrationSource> wanted, CancellationToken cancellationToken)
    {
        if (database.Core.Options.Mode == PoolingMode.PgBouncer)
            throw new MigrationException(
                DatabaseErrorCodes.MigrationNeedsSession,
                "Migrations take a lock for the session, which pgbouncer in transaction mode has none of: migrate over a direct connection."
            );
        var started = time.GetTimestamp();
        var connection = await database.DataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await MigrationLock.TakeAsync(connection, time, cancellationToken).ConfigureAwait(false);
            try
            {
                return await ApplyAsync(connection, wanted, started, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await MigrationLock.ReleaseAsync(connection).ConfigureAwait(false);
            }
        }
    }

    public Task<string> GenerateScriptAsync(CancellationToken cancellationToken = default)
    {
        var text = new StringBuilder("\\set ON_ERROR_STOP on\n").Append(EnsureJournal).Append(";\n");
        foreach (var script in sources.SelectMany(source => source.Load()))
        {
            var entry = string.Create(
                CultureInfo.InvariantCulture,
                $"INSERT INTO ledgerlift_schema_history (source, version, name, checksum, success) VALUES ({Quoted(script.Source)}, {script.Version}, {Quoted(script.Name)}, '{script.Checksum}', true);\n"
            );
            text.Append(CultureInfo.InvariantCulture, $"\n-- {script.Name}\n");
            // The journal's key refuses what is applied already before anything is done.
            if (script.IsTransactional)
                text.Append("BEGIN;\n").Append(entry).Append(script.Sql.TrimEnd().TrimEnd(';')).Append(";\nCOMMIT;\n");
            else
                text.Append(script.Sql.TrimEnd().TrimEnd(';')).Append(";\n").Append(entry);
        }

        return Task.FromResult(text.ToString());
    }

    public async Task<IReadOnlyList<string>> ValidateAsync(CancellationToken cancellationToken = default)
    {
        var differences = new List<string>();
        var connection = await database.DataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            foreach (var source in sources)
            {
                var scripts = source.Load();
                var journal = await MigrationJournal.ReadAsync(connection, source.Prefix, cancellationToken).ConfigureAwait(false);
                differences.AddRange(MigrationPlan.Contradictions(scripts, journal).Select(one => one.Message));
                differences.AddRange(MigrationPlan.Pending(scripts, journal).Select(script => $"{script.Name} is not applied."));
            }
        }

        return differences;
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private async Task<MigrationReport> ApplyAsync(
        NpgsqlConnection connection,
        IEnumerable<MigrationSource> wanted,
        long started,
        CancellationToken cancellationToken
    )
    {
        var command = new NpgsqlCommand(EnsureJournal, connection);
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        var (applied, before) = (new List<string>(), new List<string>());
        var runner = new ScriptRunner(connection, time);
        foreach (var source in wanted)
        {
            var scripts = source.Load();
            var journal = await MigrationJournal.ReadAsync(connection, source.Prefix, cancellationToken).ConfigureAwait(false);
            if (MigrationPlan.Contradictions(scripts, journal).ToArray() is [var first, ..])
                throw new MigrationException(first.Code, first.Message, first.Script);
            var pending = MigrationPlan.Pending(scripts, journal).ToArray();
            before.AddRange(scripts.Except(pending).Select(script => script.Name));
            foreach (var script in pending)
            {
                await runner
                    .ApplyAsync(script, journal.Any(entry => entry.Version == script.Version), cancellationToken)
                    .ConfigureAwait(false);
                applied.Add(script.Name);
                Log.ScriptApplied(database.Core.Logger, database.Core.Options.Name, script.Name);
            }
        }

        return new MigrationReport(applied, before, time.GetElapsedTime(started));
    }
}
