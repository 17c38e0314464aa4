using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LedgerLift.Auditing;

/// <summary>Registers the parts of this package.</summary>
public static class AuditingServiceCollectionExtensions
{
    private const string HealthCheckName = "audit";

    /// <summary>
    /// Registers the <see cref="InMemoryAuditLogger"/> as <see cref="IAuditLogger"/>, unless there is one already; an <see cref="AuditEntryComposer"/> with these
    /// options for every logger; and the health check <c>audit</c>, which asks the registered <see cref="IAuditStatusSource"/>. May be called twice.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Sets the options; null for the defaults. How much is kept in memory is set by <c>Configure&lt;InMemoryAuditOptions&gt;</c>.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddLedgerLiftAuditing(this IServiceCollection services, Action<AuditingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptionsWithValidateOnStart<AuditingOptions>();
        if (configure is not null)
            options.Configure(configure);
        return services.AddParts();
    }

    /// <summary>The same with options from configuration. What is code, <see cref="AuditingOptions.RedactDetails"/> and <see cref="AuditingOptions.RequestId"/>, is set by <c>Configure&lt;AuditingOptions&gt;</c>.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="section">The section that holds the <see cref="AuditingOptions"/>; read when the logger is made, not reloaded.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="section"/> is null.</exception>
    public static IServiceCollection AddLedgerLiftAuditing(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptionsWithValidateOnStart<AuditingOptions>().Bind(section);
        return services.AddParts();
    }

    private static IServiceCollection AddParts(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AuditingOptions>, AuditingOptionsValidator>());
        services.AddOptionsWithValidateOnStart<InMemoryAuditOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<InMemoryAuditOptions>, InMemoryAuditOptionsValidator>());
        services.TryAddSingleton(static provider => new AuditEntryComposer(
            provider.GetRequiredService<IOptions<AuditingOptions>>().Value,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<AuditEntryComposer>>()
        ));
        services.TryAddSingleton(static provider => new InMemoryAuditLogger(
            provider.GetRequiredService<IOptions<InMemoryAuditOptions>>().Value,
            provider.GetRequiredService<IOptions<AuditingOptions>>().Value,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<InMemoryAuditLogger>>()
        ));
        services.TryAddSingleton<IAuditLogger>(static provider => provider.GetRequiredService<InMemoryAuditLogger>());
        services.TryAddSingleton<IAuditStatusSource>(static provider => provider.GetRequiredService<InMemoryAuditLogger>());
        return services.AddHealthCheck();
    }

    private static IServiceCollection AddHealthCheck(this IServiceCollection services)
    {
        // A second registration of one name would fail at the first check.
        if (services.Any(static service => service.ServiceType == typeof(AuditHealthCheck)))
            return services;
        services.AddSingleton<AuditHealthCheck>();
        services
            .AddHealthChecks()
            .Add(
                new HealthCheckRegistration(
                    HealthCheckName,
                    static provider => provider.GetRequiredService<AuditHealthCheck>(),
                    failureStatus: null,
                    tags: null
                )
            );
        return services;
    }
}
