using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Registers the audit trail on PostgreSQL.</summary>
public static class PostgresAuditingServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="PostgresAuditLogger"/>, also as the <see cref="IAuditLogger"/>, <see cref="PostgresAuditTrail"/>, also as the
    /// <see cref="IAuditVerifier"/>, a hosted service that seals, makes partitions and drops old ones, and everything of
    /// <see cref="AuditingServiceCollectionExtensions.AddLedgerLiftAuditing(IServiceCollection, Action{AuditingOptions})"/>; the health check <c>audit</c> asks this logger. Every
    /// registered <see cref="IAuditAnchorSink"/> receives the checkpoints, every <see cref="IAuditAnchorSource"/> is asked by verifications. May be called twice.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IServiceCollection AddLedgerLiftPostgresAuditing(
        this IServiceCollection services,
        Action<PostgresAuditingOptions> configure
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptionsWithValidateOnStart<PostgresAuditingOptions>().Configure(configure);
        return AddParts(services);
    }

    /// <inheritdoc cref="AddLedgerLiftPostgresAuditing(IServiceCollection, Action{PostgresAuditingOptions})"/>
    /// <param name="services">The services.</param>
    /// <param name="section">The section that holds the options; read once.</param>
    public static IServiceCollection AddLedgerLiftPostgresAuditing(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptionsWithValidateOnStart<PostgresAuditingOptions>().Bind(section);
        return AddParts(services);
    }

    private static IServiceCollection AddParts(IServiceCollection services)
    {
        services.AddLedgerLiftAuditing();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PostgresAuditingOptions>, PostgresAuditingOptionsValidator>()
        );
        services.TryAddSingleton(static provider => new PostgresAuditLogger(
            OptionsOf(provider),
            provider.GetRequiredService<IOptions<AuditingOptions>>().Value,
            provider.GetService<ILoggerFactory>(),
            provider.GetService<TimeProvider>()
        ));
        services.TryAddSingleton(static provider => new PostgresAuditTrail(
            OptionsOf(provider),
            provider.GetServices<IAuditAnchorSink>(),
            provider.GetServices<IAuditAnchorSource>(),
            provider.GetService<ILoggerFactory>(),
            provider.GetService<TimeProvider>()
        ));
        services.TryAddSingleton(static provider => new TrailStatus(
            OptionsOf(provider),
            provider.GetRequiredService<PostgresAuditLogger>(),
            provider.GetRequiredService<PostgresAuditTrail>()
        ));
        // The trail in memory, which the call above may have registered, gives way.
        services.Replace(ServiceDescriptor.Singleton<IAuditLogger>(static provider => provider.GetRequiredService<PostgresAuditLogger>()));
        services.Replace(ServiceDescriptor.Singleton<IAuditStatusSource>(static provider => provider.GetRequiredService<TrailStatus>()));
        services.TryAddSingleton<IAuditVerifier>(static provider => provider.GetRequiredService<PostgresAuditTrail>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TrailService>());
        return services;
    }

    private static PostgresAuditingOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<PostgresAuditingOptions>>().Value;
}
