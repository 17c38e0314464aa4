using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace LedgerLift.Data;

/// <summary>Registers migrations.</summary>
public static class MigrationServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="ISchemaMigrator"/> for the scripts embedded in an assembly; the database must be registered too. Further calls add further scripts,
    /// which are applied in the order of registration; the same scripts twice are taken once.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="assembly">The assembly with the embedded scripts.</param>
    /// <param name="resourcePrefix">What the names of the resources begin with, such as <c>MyService.Migrations.</c>; also their name in the journal.</param>
    /// <param name="migrateOnStart">
    /// Whether the host applies these scripts when it starts; scripts of other calls are not concerned, and of two calls for the same scripts one that wants it
    /// decides. Contradictions and failing scripts stop the host. A server that is down does not: the scripts are applied when it is back, and what stops the
    /// start then stops the running host.
    /// </param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="resourcePrefix"/> is empty.</exception>
    public static IServiceCollection AddLedgerLiftMigrations(
        this IServiceCollection services,
        Assembly assembly,
        string resourcePrefix,
        bool migrateOnStart = true
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentException.ThrowIfNullOrEmpty(resourcePrefix);
        var known = services.FirstOrDefault(service =>
            service.ImplementationInstance is MigrationSource source
            && source.Assembly == assembly
            && string.Equals(source.Prefix, resourcePrefix, StringComparison.Ordinal)
        );
        if (known is null)
            services.AddSingleton(new MigrationSource(assembly, resourcePrefix, migrateOnStart));
        else if (migrateOnStart && known.ImplementationInstance is MigrationSource { IsAppliedOnStart: false })
            services[services.IndexOf(known)] = ServiceDescriptor.Singleton(new MigrationSource(assembly, resourcePrefix));
        services.TryAddSingleton(provider => new SchemaMigrator(
            provider.GetRequiredService<PostgresDatabase>(),
            provider.GetServices<MigrationSource>(),
            provider.GetService<TimeProvider>() ?? TimeProvider.System
        ));
        services.TryAddSingleton<ISchemaMigrator>(provider => provider.GetRequiredService<SchemaMigrator>());
        if (migrateOnStart)
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MigrationStart>(NewStart));
        return services;
    }

    private static MigrationStart NewStart(IServiceProvider provider) =>
        new(
            provider.GetRequiredService<SchemaMigrator>(),
            provider.GetRequiredService<PostgresDatabase>(),
            provider.GetService<IHostApplicationLifetime>(),
            provider.GetService<TimeProvider>() ?? TimeProvider.System
        );
}
