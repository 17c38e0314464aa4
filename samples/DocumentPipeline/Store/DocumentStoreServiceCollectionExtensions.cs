using LedgerLift.Data;
using Microsoft.Extensions.DependencyInjection;

namespace DocumentPipeline;

/// <summary>The two homes of the documents.</summary>
public static class DocumentStoreServiceCollectionExtensions
{
    /// <summary>Documents in a folder of this machine.</summary>
    public static IServiceCollection AddFolderDocuments(this IServiceCollection services, string folder)
    {
        services.AddSingleton(_ => new FolderJournal(folder));
        services.AddSingleton(provider => new FolderClock(provider.GetService<TimeProvider>() ?? TimeProvider.System));
        services.AddSingleton<IDocumentStore>(provider => new FolderDocumentStore(
            provider.GetRequiredService<FolderJournal>(),
            provider.GetRequiredService<FolderClock>()
        ));
        services.AddSingleton<IWorkQueue>(provider => new FolderWorkQueue(
            provider.GetRequiredService<FolderJournal>(),
            provider.GetRequiredService<FolderClock>()
        ));
        services.AddSingleton<FolderHealthCheck>();
        services.AddHealthChecks().AddCheck<FolderHealthCheck>("database");
        return services;
    }

    /// <summary>Documents in the PostgreSQL of <c>AddLedgerLiftData</c>, their trail in that of <c>AddLedgerLiftPostgresAuditing</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="migrateOnStart">Whether this process brings the schema up to date when it starts.</param>
    public static IServiceCollection AddPostgresDocuments(this IServiceCollection services, bool migrateOnStart)
    {
        services.AddLedgerLiftMigrations(typeof(PostgresDocumentStore).Assembly, "DocumentPipeline.Migrations", migrateOnStart);
        services.AddSingleton<IDocumentStore, PostgresDocumentStore>();
        services.AddSingleton<IWorkQueue, PostgresWorkQueue>();
        return services;
    }
}
