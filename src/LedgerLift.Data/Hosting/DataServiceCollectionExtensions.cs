using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>Registers databases.</summary>
public static class DataServiceCollectionExtensions
{
    private const string HealthCheckName = "database";

    /// <summary>
    /// Registers <see cref="IDatabase"/>, <see cref="PostgresDatabase"/> and <see cref="NpgsqlDataSource"/> as singletons, the health check <c>database</c>, and a
    /// try of the connection when the host starts. Calling it again adds to the configuration.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IServiceCollection AddLedgerLiftData(this IServiceCollection services, Action<DatabaseOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<DatabaseOptions>().Configure(configure);
        return AddDefault(services);
    }

    /// <inheritdoc cref="AddLedgerLiftData(IServiceCollection, Action{DatabaseOptions})"/>
    /// <param name="services">The services.</param>
    /// <param name="section">The section that holds the options; <see cref="DatabaseOptions.SlowQueryThreshold"/> follows its changes.</param>
    public static IServiceCollection AddLedgerLiftData(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions<DatabaseOptions>().Bind(section);
        return AddDefault(services);
    }

    /// <summary>
    /// Registers a further database under a name: the same services, keyed by it, and the health check <c>database-name</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key, not empty.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IServiceCollection AddLedgerLiftData(this IServiceCollection services, string name, Action<DatabaseOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<DatabaseOptions>(name).Configure(configure);
        return AddNamed(services, name);
    }

    /// <inheritdoc cref="AddLedgerLiftData(IServiceCollection, string, Action{DatabaseOptions})"/>
    /// <param name="services">The services.</param>
    /// <param name="name">The key, not empty.</param>
    /// <param name="section">The section that holds the options; <see cref="DatabaseOptions.SlowQueryThreshold"/> follows its changes.</param>
    public static IServiceCollection AddLedgerLiftData(this IServiceCollection services, string name, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions<DatabaseOptions>(name).Bind(section);
        return AddNamed(services, name);
    }

    private static IServiceCollection AddDefault(IServiceCollection services)
    {
        AddNamed(services, Options.DefaultName);
        services.TryAddSingleton(provider => Of(provider, Options.DefaultName));
        services.TryAddSingleton<IDatabase>(provider => provider.GetRequiredService<PostgresDatabase>());
        services.TryAddSingleton(provider => provider.GetRequiredService<PostgresDatabase>().DataSource);
        return services;
    }

    private static IServiceCollection AddNamed(IServiceCollection services, string name)
    {
        services.AddOptionsWithValidateOnStart<DatabaseOptions>(name);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsValidator>());
        // Hosted services cannot be told apart by TryAdd, so the first registration of the name brings them.
        if (services.Any(service => service.ServiceType == typeof(PostgresDatabase) && Equals(service.ServiceKey, name)))
            return services;
        services.AddKeyedSingleton(
            name,
            (provider, _) =>
                new PostgresDatabase(
                    provider.GetRequiredService<IOptionsMonitor<DatabaseOptions>>().Get(name),
                    provider.GetService<ILoggerFactory>(),
                    provider.GetService<TimeProvider>()
                )
        );
        services.AddKeyedSingleton<IDatabase>(name, (provider, _) => Of(provider, name));
        services.AddKeyedSingleton(name, (provider, _) => Of(provider, name).DataSource);
        services.AddSingleton<IHostedService>(provider => new DatabaseStart(Of(provider, name)));
        services.AddSingleton<IHostedService>(provider => new SlowQueryThresholdReload(
            Of(provider, name),
            name,
            provider.GetRequiredService<IOptionsMonitor<DatabaseOptions>>()
        ));
        AddHealthCheck(services, name);
        return services;
    }

    private static void AddHealthCheck(IServiceCollection services, string name)
    {
        services.AddKeyedSingleton(
            name,
            (provider, _) => new DatabaseHealthCheck(Of(provider, name), provider.GetService<TimeProvider>() ?? TimeProvider.System)
        );
        services
            .AddHealthChecks()
            .Add(
                new HealthCheckRegistration(
                    name.Length == 0 ? HealthCheckName : $"{HealthCheckName}-{name}",
                    provider => provider.GetRequiredKeyedService<DatabaseHealthCheck>(name),
                    failureStatus: null,
                    tags: null
                )
            );
    }

    private static PostgresDatabase Of(IServiceProvider provider, string name) => provider.GetRequiredKeyedService<PostgresDatabase>(name);
}
