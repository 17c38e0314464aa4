using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LedgerLift.Data.Tests;

/// <summary>Entity Framework on the data source of a database.</summary>
internal sealed class SharedContext(NpgsqlDataSource dataSource) : DbContext
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseNpgsql(dataSource);
}
