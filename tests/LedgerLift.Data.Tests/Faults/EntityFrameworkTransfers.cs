using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LedgerLift.Data.Tests;

/// <summary>Transfers by Entity Framework with its retrying strategy, as its documentation shows it for transactions.</summary>
internal sealed class EntityFrameworkTransfers(NpgsqlDataSource dataSource) : ITransfers
{
    public string Name => "Entity Framework, EnableRetryOnFailure";

    public async Task WriteAsync(IReadOnlyList<string> statements)
    {
        await using var outer = new RetryingContext(dataSource);
        await outer
            .Database.CreateExecutionStrategy()
            .ExecuteAsync(async () =>
            {
                await using var context = new RetryingContext(dataSource);
                await using var transaction = await context.Database.BeginTransactionAsync();
                foreach (var statement in statements)
                    await context.Database.ExecuteSqlRawAsync(statement);
                await transaction.CommitAsync();
            });
    }
}
