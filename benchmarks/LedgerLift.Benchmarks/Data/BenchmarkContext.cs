using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace LedgerLift.Benchmarks;

/// <summary>Entity Framework on a pool that is there already.</summary>
internal sealed class BenchmarkContext(NpgsqlDataSource dataSource, string table) : DbContext
{
    public DbSet<BenchmarkRow> Rows => Set<BenchmarkRow>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseNpgsql(dataSource).ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.SensitiveDataLoggingEnabledWarning));

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var row = modelBuilder.Entity<BenchmarkRow>().ToTable(table);
        row.Property(one => one.Id).HasColumnName("id");
        row.Property(one => one.Name).HasColumnName("name");
    }
}
