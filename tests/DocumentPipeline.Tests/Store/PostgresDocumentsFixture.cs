using LedgerLift.Auditing.Postgres;
using LedgerLift.Data;
using LedgerLift.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DocumentPipeline.Tests;

/// <summary>Documents and their trail in a schema of the class's own.</summary>
public sealed class PostgresDocumentsFixture : PostgresFixture
{
    private ServiceProvider? _services;

    public IServiceProvider Services => _services ?? throw new InvalidOperationException("The fixture is not initialized.");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["LedgerLift:Data:ConnectionString"] = ConnectionString,
            ["LedgerLift:Auditing:Schema"] = $"{Schema}_audit",
        };
        var section = new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("LedgerLift");
        var services = new ServiceCollection().AddLogging();
        services.AddLedgerLiftData(section.GetSection("Data"));
        services.AddPipelineAuditing(section, seals: false);
        services.AddPostgresDocuments(migrateOnStart: false);
        _services = services.BuildServiceProvider();
        await _services.GetRequiredService<ISchemaMigrator>().MigrateAsync();
        await _services.GetRequiredService<PostgresAuditTrail>().EnsureSchemaAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        await ExecuteAsync($"DROP SCHEMA IF EXISTS {Schema}_audit CASCADE");
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
