using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LedgerLift.Data.Tests;

/// <summary>Entity Framework with as many retries, as long apart, as the others have.</summary>
internal sealed class RetryingContext(NpgsqlDataSource dataSource) : DbContext
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseNpgsql(
            dataSource,
            npgsql => npgsql.EnableRetryOnFailure(maxRetryCount: 100, maxRetryDelay: TimeSpan.FromMilliseconds(500), errorCodesToAdd: null)
        );
}
