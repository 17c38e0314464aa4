using LedgerLift.Testing;
using Npgsql;

namespace LedgerLift.Auditing.Postgres.Tests;

public sealed class TransactionalTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_fact_and_its_entry_are_both_there_or_neither(bool commit, int rows)
    {
        await using var trail = await TestTrail.CreateAsync(postgres);
        await postgres.ExecuteAsync($"CREATE TABLE fact_{commit} (id int)");
        await using (var connection = await postgres.DataSource.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var insert = new NpgsqlCommand($"INSERT INTO fact_{commit} VALUES (1)", connection);
            await insert.ExecuteNonQueryAsync();
            await trail.Logger.LogActionAsync(TestTrail.Action(1), transaction);
            Assert.Empty(await trail.ReadAllAsync());
            if (commit)
                await transaction.CommitAsync();
        }

        Assert.Equal(rows, (await trail.ReadAllAsync()).Count);
        Assert.Equal((long)rows, await postgres.ReadAsync<long>($"SELECT count(*) FROM fact_{commit}"));
    }

    [Fact]
    public async Task An_entry_comes_back_as_it_was_written()
    {
        await using var trail = await TestTrail.CreateAsync(postgres);
        var written = await trail.WriteAsync(3);

        Assert.Equal(written.OrderByDescending(entry => (entry.Timestamp, entry.Id)), await trail.ReadAllAsync());
    }

    [Fact]
    public async Task A_refused_entry_fails_the_transaction_as_Npgsql_says_it()
    {
        await using var trail = await TestTrail.CreateAsync(postgres);
        await trail.ExecuteAsync("ALTER TABLE {s}.audit_entries ADD CONSTRAINT refused CHECK (action <> 'refused')");
        await using var connection = await postgres.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();

        var failure = await Assert.ThrowsAsync<PostgresException>(async () =>
            await trail.Logger.LogActionAsync(TestTrail.Action(1, "refused"), transaction)
        );

        Assert.Equal(PostgresErrorCodes.CheckViolation, failure.SqlState);
    }

    [Fact]
    public async Task A_refused_entry_whose_policy_says_so_leaves_the_transaction_whole()
    {
        var auditing = new AuditingOptions { Rules = { new AuditPolicyRule { OnFailure = AuditFailureMode.ContinueAndSignal } } };
        await using var trail = await TestTrail.CreateAsync(postgres, auditing: auditing);
        await trail.ExecuteAsync("ALTER TABLE {s}.audit_entries ADD CONSTRAINT refused CHECK (action <> 'refused')");
        await using (var connection = await postgres.DataSource.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await trail.Logger.LogActionAsync(TestTrail.Action(1), transaction);
            await trail.Logger.LogActionAsync(TestTrail.Action(2, "refused"), transaction);
            await trail.Logger.LogActionAsync(TestTrail.Action(3), transaction);
            await transaction.CommitAsync();
        }

        Assert.Equal(["doc-1", "doc-3"], (await trail.ReadAllAsync()).Select(entry => entry.ResourceId!).Order(StringComparer.Ordinal));
        Assert.Equal(1, trail.Logger.Deliveries.Metrics.TotalDropped);
    }

    [Fact]
    public async Task An_action_of_level_none_is_not_written()
    {
        var auditing = new AuditingOptions
        {
            Rules =
            {
                new AuditPolicyRule { Action = "document.read", Level = AuditLevel.None },
            },
        };
        await using var trail = await TestTrail.CreateAsync(postgres, auditing: auditing);
        await using (var connection = await postgres.DataSource.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await trail.Logger.LogActionAsync(TestTrail.Action(1, "document.read"), transaction);
            await transaction.CommitAsync();
        }

        await trail.Logger.LogActionAsync(TestTrail.Action(2, "document.read"));

        Assert.Empty(await trail.ReadAllAsync());
    }

    [Fact]
    public async Task A_transaction_that_has_ended_is_refused_by_name()
    {
        await using var trail = await TestTrail.CreateAsync(postgres);
        await using var connection = await postgres.DataSource.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await transaction.CommitAsync();

        var failure = await Assert.ThrowsAsync<ArgumentException>(async () =>
            await trail.Logger.LogActionAsync(TestTrail.Action(1), transaction)
        );

        Assert.Equal("transaction", failure.ParamName);
    }
}
