using Npgsql;

namespace LedgerLift.Testing.Tests;

public sealed class PostgresFixtureTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_schema_is_fresh_and_all_of_the_search_path()
    {
        Assert.Equal(postgres.Schema, await postgres.ReadAsync<string>("SELECT current_schema()"));
        Assert.Equal(postgres.Schema, await postgres.ReadAsync<string>("SHOW search_path"));
        Assert.Equal(
            0L,
            await postgres.ReadAsync<long>($"SELECT count(*) FROM pg_class WHERE relnamespace = '{postgres.Schema}'::regnamespace")
        );
    }

    [Fact]
    public async Task Disposal_drops_the_schema_even_under_a_session_that_holds_a_lock()
    {
        var other = new PostgresFixture();
        await other.InitializeAsync();
        await other.ExecuteAsync("CREATE TABLE held (id int)");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => other.ExecuteAsync("SELECT pg_sleep(0.05)")));
        await using var forgotten = new NpgsqlConnection(other.ConnectionString);
        await forgotten.OpenAsync(Cancellation);
        await using var transaction = await forgotten.BeginTransactionAsync(Cancellation);
        await using var hold = new NpgsqlCommand("LOCK TABLE held", forgotten, transaction);
        await hold.ExecuteNonQueryAsync(Cancellation);

        await other.DisposeAsync();

        Assert.Equal(0L, await postgres.ReadAsync<long>($"SELECT count(*) FROM pg_namespace WHERE nspname = '{other.Schema}'"));
        // A session ends in its own time after the word to end.
        await Poll.UntilAsync(
            async () =>
                await postgres.ReadAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{other.Schema}'") == 0,
            expected: "no session left",
            cancellationToken: Cancellation
        );
    }

    [Fact]
    public async Task A_connection_through_the_proxy_reaches_the_same_schema_in_the_open()
    {
        await using var proxy = postgres.StartProxy();
        await using var source = NpgsqlDataSource.Create(postgres.Through(proxy));
        await using var command = source.CreateCommand("SELECT current_schema()");

        Assert.Equal(postgres.Schema, await command.ExecuteScalarAsync(Cancellation));
        var sent = PostgresWire.Frontend(Assert.Single(proxy.Connections).ClientToServer.DeliveredBytes());
        Assert.Contains(sent, message => message.ToString() == "P SELECT current_schema()");
    }
}
