using Dapper;
using LedgerLift.Resilience;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace LedgerLift.Data.Tests;

/// <summary>The README's examples that need a server.</summary>
public sealed class ReadmeSamples(Testing.PostgresFixture postgres) : IClassFixture<Testing.PostgresFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_examples_run() => Assert.Null(await Record.ExceptionAsync(ReadmeExample.RunAsync));

    [Fact]
    public async Task A_transfer_is_recorded()
    {
        await postgres.ExecuteAsync("CREATE TABLE transfers (id bigserial PRIMARY KEY, account text NOT NULL, amount numeric NOT NULL)");
        await using var database = Databases.Open(postgres);

        var id = await new ReadmeExample.Transfers(database).RecordAsync("A-17", 12.5m, Cancellation);

        Assert.Equal(12.5m, await postgres.ReadAsync<decimal>($"SELECT amount FROM transfers WHERE id = {id} AND account = 'A-17'"));
    }

    [Fact]
    public async Task Sessions_work_and_other_libraries_share_one_pool()
    {
        await using var database = Databases.Open(postgres);

        Assert.Equal((3, 3, 3), (await InSessionAsync(database), await AskAsync(database), await WithDapperAsync(database.DataSource)));
    }

    [Fact]
    public async Task Migrations_are_registered()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddLedgerLiftData(o => o.ConnectionString = postgres.ConnectionString);
        Migrate(services);
        await using var provider = services.BuildServiceProvider();

        Assert.Single(provider.GetServices<IHostedService>().OfType<MigrationStart>());
    }

    private static void Migrate(IServiceCollection services)
    {
        #region readme-migrations
        services.AddLedgerLiftMigrations(typeof(ReadmeSamples).Assembly, "LedgerLift.Data.Tests.Migrations.Scripts.Good.");
        #endregion
    }

    private static async Task<int> InSessionAsync(PostgresDatabase database)
    {
        #region readme-session
        await using var session = await database.OpenSessionAsync(Cancellation);
        await using var command = session.CreateCommand("SELECT 1 + 2", TimeSpan.FromSeconds(2)); // this query's own time limit
        var sum = (int)(await command.ExecuteScalarAsync(Cancellation))!;
        #endregion

        return sum;
    }

    private static async Task<int> AskAsync(PostgresDatabase database)
    {
        #region readme-work
        var sum = await database.ExecuteAsync(
            OperationSafety.Idempotent, // may be run again whatever happened
            async (session, token) => await session.Connection.QuerySingleAsync<int>(new("SELECT 1 + 2", cancellationToken: token)),
            Cancellation
        );
        #endregion

        return sum;
    }

    private static async Task<int> WithDapperAsync(NpgsqlDataSource dataSource)
    {
        await using var connection = await dataSource.OpenConnectionAsync(Cancellation);
        return await connection.QuerySingleAsync<int>("SELECT 1 + 2");
    }
}
