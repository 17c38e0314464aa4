using LedgerLift.Testing;
using Npgsql;

namespace LedgerLift.Auditing.Postgres.Tests;

public sealed class ReadmeTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task The_first_example_does_what_the_readme_says() => Assert.Null(await Record.ExceptionAsync(ReadmeExample.RunAsync));

    [Fact]
    public async Task The_examples_run()
    {
        await using var test = await TestTrail.CreateAsync(postgres);
        var (audit, trail) = (test.Logger, test.Trail);

        await ApproveAsync(audit);
        await test.SealAsync(1);
        var clean = await CheckAsync(trail);

        Assert.True(clean);
        Assert.Equal("42", Assert.Single(await test.ReadAllAsync()).ResourceId);
    }

    private async Task ApproveAsync(PostgresAuditLogger audit)
    {
        await postgres.ExecuteAsync("CREATE TABLE documents (id text, status text)");

        #region readme-audit-transaction
        await using var connection = await postgres.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var update = new NpgsqlCommand("UPDATE documents SET status = 'approved' WHERE id = '42'", connection);
        await update.ExecuteNonQueryAsync();
        await audit.LogActionAsync(new AuditAction("document.approve", "document") { ResourceId = "42" }, transaction);
        await transaction.CommitAsync(); // the fact and its entry are both there, or neither
        #endregion
    }

    private static async Task<bool> CheckAsync(PostgresAuditTrail trail)
    {
        #region readme-audit-verify
        await trail.SealAsync(); // the host does it every few seconds
        var result = await trail.VerifyAsync();
        foreach (var tamper in result.Tampers)
            await Console.Error.WriteLineAsync($"{tamper.Kind} at {tamper.Position}: {tamper.Message}");
        #endregion
        return result.Clean;
    }
}
