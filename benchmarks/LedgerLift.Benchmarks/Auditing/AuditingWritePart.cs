using Npgsql;

namespace LedgerLift.Benchmarks;

/// <summary>Sixteen clients write in transactions of their own.</summary>
internal sealed class AuditingWritePart(AuditingTrail trail, AuditingPeerTables tables)
{
    private const int Clients = 16;
    private const int TransactionsEach = 4;
    private const string Plain = "plain insert, indexed";
    private const string Bare = "plain insert, primary key only";
    private const string Ours = "LogActionAsync in the transaction";
    private const string Chain = "naive hash chain";
    private int _number;

    public async Task RunAsync(BenchmarkRun run)
    {
        var calls = await run.CompareAsync(
            $"{Clients} clients, {TransactionsEach} transactions each",
            Scenario.Awaited(Plain, () => AllAsync((connection, _, number) => tables.InsertAsync(connection, tables.Indexed, number))),
            Scenario.Awaited(
                Ours,
                () =>
                    AllAsync(async (_, transaction, number) => await trail.Logger.LogActionAsync(AuditingRows.Action(number), transaction))
            ),
            Scenario.Awaited(Bare, () => AllAsync((connection, _, number) => tables.InsertAsync(connection, tables.Bare, number))),
            Scenario.Awaited(Chain, () => AllAsync((connection, _, number) => tables.InsertChainedAsync(connection, number)))
        );

        run.Figure("auditing.transactional_to_plain", calls.Ratio(Plain, Ours).Median, "x", Goal.AtLeast(0.85));
        run.Figure("auditing.transactional_to_bare", calls.Ratio(Bare, Ours).Median, "x", Goal.HigherIsBetter);
        run.Figure("auditing.hash_chain_to_plain", calls.Ratio(Plain, Chain).Median, "x", Goal.HigherIsBetter);
        run.Figure(
            "auditing.transactional_rate",
            1e9 * Clients * TransactionsEach / calls.Nanoseconds(Ours).Median,
            "transactions/s",
            Goal.HigherIsBetter
        );
    }

    private async ValueTask<int> AllAsync(Func<NpgsqlConnection, NpgsqlTransaction, int, Task> write)
    {
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => ClientAsync(write)));
        return _number;
    }

    private async Task ClientAsync(Func<NpgsqlConnection, NpgsqlTransaction, int, Task> write)
    {
        await using var connection = await tables.Source.OpenConnectionAsync();
        for (var done = 0; done < TransactionsEach; done++)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await write(connection, transaction, Interlocked.Increment(ref _number));
            await transaction.CommitAsync();
        }
    }
}
