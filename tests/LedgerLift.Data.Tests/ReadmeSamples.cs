using LedgerLift.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LedgerLift.Data.Tests;

/// <summary>The examples of the README, run.</summary>
public sealed class ReadmeSamples(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task The_first_example_moves_money()
    {
        await postgres.ExecuteAsync("CREATE TABLE accounts (id int, balance int); INSERT INTO accounts VALUES (1, 10), (2, 0)");
        var services = new ServiceCollection();
        var connectionString = postgres.ConnectionString;
        services.AddLogging();

        #region readme-register
        services.AddLedgerLiftData(options =>
        {
            options.ConnectionString = connectionString; // or postgres://user:password@host/database
            options.PoolSize = 10;
        });
        #endregion
        await using var provider = services.BuildServiceProvider();
        var database = provider.GetRequiredService<IDatabase>();

        var moved = await MoveAsync(database, 7, TestContext.Current.CancellationToken);

        Assert.Equal((2, 7), (moved, await postgres.ReadAsync<int>("SELECT balance FROM accounts WHERE id = 2")));
    }

    #region readme-transaction
    private static async Task<int> MoveAsync(IDatabase database, int amount, CancellationToken cancellationToken) =>
        await database.ExecuteInTransactionAsync(
            async (session, token) =>
            {
                await using var command = session.CreateCommand(
                    "UPDATE accounts SET balance = balance + CASE id WHEN 1 THEN -$1 ELSE $1 END WHERE id IN (1, 2)"
                );
                command.Parameters.Add(new() { Value = amount });
                return await command.ExecuteNonQueryAsync(token);
            },
            cancellationToken: cancellationToken
        );
    #endregion
}
