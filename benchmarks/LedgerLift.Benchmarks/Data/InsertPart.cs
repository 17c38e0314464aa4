using Dapper;
using LedgerLift.Data;
using Npgsql;

namespace LedgerLift.Benchmarks;

/// <summary>A transaction that inserts one row, from the pool and back to it.</summary>
internal sealed class InsertPart(DataDatabases databases)
{
    private const string Raw = "raw Npgsql";
    private const string Plain = "LedgerLift, commit safety None";
    private const string Probed = "LedgerLift, commit safety Probe";
    private const string Verified = "LedgerLift, commit safety Verified";

    private const int TurnsOfRound = 50;

    private readonly NpgsqlDataSource _raw = databases.OpenRaw();
    private readonly PostgresDatabase _plain = databases.Open(CommitSafety.None);
    private readonly PostgresDatabase _probed = databases.Open(CommitSafety.Probe);
    private readonly PostgresDatabase _verified = databases.Open(CommitSafety.Verified);
    private readonly NpgsqlDataSource _dapper = databases.OpenRaw();
    private readonly NpgsqlDataSource _entityFramework = databases.OpenRaw();

    private readonly string _insert = $"INSERT INTO {databases.Table} (name) VALUES ($1)";

    public async Task RunAsync(BenchmarkRun run)
    {
        await DataDatabases.FillAsync(_raw, _plain.DataSource, _probed.DataSource, _verified.DataSource, _dapper, _entityFramework);
        var calls = await new AlternatingCalls(run).CompareAsync(
            "Insert transaction",
            TurnsOfRound,
            new AlternatingCall(Raw, InsertRawAsync),
            new AlternatingCall(Plain, () => InsertAsync(_plain)),
            new AlternatingCall(Probed, () => InsertAsync(_probed)),
            new AlternatingCall(Verified, () => InsertAsync(_verified)),
            new AlternatingCall("Dapper", InsertDapperAsync),
            new AlternatingCall("Entity Framework", InsertEntityFrameworkAsync)
        );

        run.Figure("data.insert_probe_ratio", calls.Ratio(Probed, Raw).Median, "x", Goal.AtMost(1.15));
        run.Figure("data.insert_verified_ratio", calls.Ratio(Verified, Raw).Median, "x", Goal.AtMost(1.25));
        run.Figure("data.insert_ratio_dapper", calls.Ratio("Dapper", Raw).Median, "x", Goal.LowerIsBetter);
        run.Figure("data.insert_ratio_entity_framework", calls.Ratio("Entity Framework", Raw).Median, "x", Goal.LowerIsBetter);
    }

    private static NpgsqlParameter<string> Name() => new() { TypedValue = "document" };

    private async ValueTask<int> InsertRawAsync()
    {
        await using var connection = await _raw.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(_insert, connection, transaction) { Parameters = { Name() } };
        var rows = await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return rows;
    }

    private ValueTask<int> InsertAsync(PostgresDatabase database) =>
        database.ExecuteInTransactionAsync(
            async (session, token) =>
            {
                await using var command = session.CreateCommand(_insert);
                command.Parameters.Add(Name());
                return await command.ExecuteNonQueryAsync(token);
            }
        );

    private async ValueTask<int> InsertDapperAsync()
    {
        await using var connection = await _dapper.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var rows = await connection.ExecuteAsync(
            $"INSERT INTO {databases.Table} (name) VALUES (@name)",
            new { name = "document" },
            transaction
        );
        await transaction.CommitAsync();
        return rows;
    }

    private async ValueTask<int> InsertEntityFrameworkAsync()
    {
        await using var context = new BenchmarkContext(_entityFramework, databases.Table);
        await using var transaction = await context.Database.BeginTransactionAsync();
        context.Rows.Add(new BenchmarkRow { Name = "document" });
        var rows = await context.SaveChangesAsync();
        await transaction.CommitAsync();
        return rows;
    }
}
