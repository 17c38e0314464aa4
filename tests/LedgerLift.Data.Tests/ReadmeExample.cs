using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LedgerLift.Data.Tests;

/// <summary>The first examples of the README, compiled here, in a stranger's project and in a trimmed one. They run without a server.</summary>
internal static class ReadmeExample
{
    public static async Task RunAsync()
    {
        var services = new ServiceCollection();

        #region readme-database
        services.AddLedgerLiftData(database =>
        {
            database.ConnectionString = "postgres://ledger@localhost/ledger"; // or Npgsql's own form
            database.PoolSize = 10;
            database.SlowQueryThreshold = TimeSpan.FromSeconds(1);
        });
        #endregion

        services.AddSingleton<Transfers>();
        await using var provider = services.BuildServiceProvider();
        _ = provider.GetRequiredService<Transfers>();
        var pool = provider.GetRequiredService<IDatabase>().GetPoolSnapshot();
        if (pool is not { Size: 10, Max: 40, InUse: 0 })
            throw new InvalidOperationException($"A pool of 10 and 30 more expected, but it is {pool}.");
    }

    #region readme-transaction
    internal sealed class Transfers(IDatabase database)
    {
        public ValueTask<long> RecordAsync(string account, decimal amount, CancellationToken cancellationToken) =>
            database.ExecuteInTransactionAsync(
                async (session, token) =>
                {
                    await using var command = session.CreateCommand("INSERT INTO transfers (account, amount) VALUES ($1, $2) RETURNING id");
                    command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = account });
                    command.Parameters.Add(new NpgsqlParameter<decimal> { TypedValue = amount });
                    return (long)(await command.ExecuteScalarAsync(token))!;
                },
                cancellationToken: cancellationToken
            );
    }
    #endregion
}
