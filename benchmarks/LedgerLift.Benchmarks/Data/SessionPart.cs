using Dapper;
using LedgerLift.Data;
using LedgerLift.Resilience;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LedgerLift.Benchmarks;

/// <summary>A connection from the pool, one question, and back.</summary>
internal sealed class SessionPart(DataDatabases databases)
{
    private const string Raw = "raw Npgsql";
    private const string Ours = "LedgerLift session";
    private const string Question = "SELECT 1";
    private const int TurnsOfRound = 400;

    private readonly NpgsqlDataSource _raw = databases.OpenRaw();
    private readonly PostgresDatabase _sessions = databases.Open();
    private readonly PostgresDatabase _work = databases.Open();
    private readonly NpgsqlDataSource _dapper = databases.OpenRaw();
    private readonly NpgsqlDataSource _entityFramework = databases.OpenRaw();

    public async Task RunAsync(BenchmarkRun run)
    {
        await DataDatabases.FillAsync(_raw, _sessions.DataSource, _work.DataSource, _dapper, _entityFramework);
        var calls = await new AlternatingCalls(run).CompareAsync(
            "Open, SELECT 1, close",
            TurnsOfRound,
            new AlternatingCall(Raw, AskRawAsync),
            new AlternatingCall(Ours, AskInSessionAsync),
            new AlternatingCall("LedgerLift ExecuteAsync, idempotent", AskInWorkAsync),
            new AlternatingCall("Dapper", AskDapperAsync),
            new AlternatingCall("Entity Framework", AskEntityFrameworkAsync)
        );

        run.Figure("data.session_ratio", calls.Ratio(Ours, Raw).Median, "x", Goal.AtMost(1.1));
        run.Figure("data.session_extra_alloc", calls.ExtraBytes(Ours, Raw).Median, "B", Goal.AtMost(400));
        run.Figure("data.session_ratio_dapper", calls.Ratio("Dapper", Raw).Median, "x", Goal.LowerIsBetter);
        run.Figure("data.session_ratio_entity_framework", calls.Ratio("Entity Framework", Raw).Median, "x", Goal.LowerIsBetter);
    }

    private async ValueTask<int> AskRawAsync()
    {
        await using var connection = await _raw.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(Question, connection);
        return (int)(await command.ExecuteScalarAsync())!;
    }

    private async ValueTask<int> AskInSessionAsync()
    {
        await using var session = await _sessions.OpenSessionAsync();
        await using var command = session.CreateCommand(Question);
        return (int)(await command.ExecuteScalarAsync())!;
    }

    private ValueTask<int> AskInWorkAsync() =>
        _work.ExecuteAsync(
            OperationSafety.Idempotent,
            static async (session, token) =>
            {
                await using var command = session.CreateCommand(Question);
                return (int)(await command.ExecuteScalarAsync(token))!;
            }
        );

    private async ValueTask<int> AskDapperAsync()
    {
        await using var connection = await _dapper.OpenConnectionAsync();
        return await connection.QuerySingleAsync<int>(Question);
    }

    private async ValueTask<int> AskEntityFrameworkAsync()
    {
        await using var context = new BenchmarkContext(_entityFramework, databases.Table);
        return await context.Database.SqlQueryRaw<int>("SELECT 1 AS \"Value\"").SingleAsync();
    }
}
