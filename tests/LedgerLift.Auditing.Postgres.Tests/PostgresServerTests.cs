using LedgerLift.Testing;

namespace LedgerLift.Auditing.Postgres.Tests;

/// <summary>What the durable audit trail stands on: a fact and its entry, written in one transaction, share one fate.</summary>
public sealed class PostgresServerTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(true, 1L)]
    [InlineData(false, 0L)]
    public async Task A_fact_and_its_entry_are_both_there_or_neither(bool commit, long rows)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (fact, entry) = ($"fact_{commit}", $"entry_{commit}");
        await postgres.ExecuteAsync($"CREATE TABLE {fact} (id int); CREATE TABLE {entry} (id int)");
        await using (var connection = await postgres.DataSource.OpenConnectionAsync(cancellation))
        await using (var transaction = await connection.BeginTransactionAsync(cancellation))
        {
            await using var insert = connection.CreateCommand();
            insert.CommandText = $"INSERT INTO {fact} VALUES (1); INSERT INTO {entry} VALUES (1)";
            Assert.Equal(2, await insert.ExecuteNonQueryAsync(cancellation));
            Assert.Equal(0L, await CountAsync(fact, entry));
            if (commit)
                await transaction.CommitAsync(cancellation);
        }

        Assert.Equal(rows * 2, await CountAsync(fact, entry));
    }

    private Task<long> CountAsync(string fact, string entry) =>
        postgres.ReadAsync<long>($"SELECT (SELECT count(*) FROM {fact}) + (SELECT count(*) FROM {entry})");
}
