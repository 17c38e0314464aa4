using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LedgerLift.Storage;

/// <summary>Registers object stores on S3.</summary>
public static class StorageServiceCollectionExtensions
{
    private const string HealthCheckName = "s3";

    /// <summary>
    /// Registers <see cref="S3ObjectStore"/>, <see cref="IObjectStore"/> and <see cref="IMultipartUploads"/> as singletons, the health check <c>s3</c>, a look at
    /// the bucket when the host starts, and the sweeper of incomplete uploads. Calling it again adds to the configuration.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IServiceCollection AddLedgerLiftStorage(this IServiceCollection services, Action<StorageOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<StorageOptions>().Configure(configure);
        return AddDefault(services);
    }

    /// <inheritdoc cref="AddLedgerLiftStorage(IServiceCollection, Action{StorageOptions})"/>
    /// <param name="services">The services.</param>
    /// <param name="section">The section that holds the options; read when the store is made.</param>
    public static IServiceCollection AddLedgerLiftStorage(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions<StorageOptions>().Bind(section);
        return AddDefault(services);
    }

    /// <summary>Registers a further store under a name: the same services, keyed by it, and the health check <c>s3-name</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key, not empty.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IServiceCollection AddLedgerLiftStorage(this IServiceCollection services, string name, Action<StorageOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<StorageOptions>(name).Configure(configure);
        return AddNamed(services, name);
    }

    /// <inheritdoc cref="AddLedgerLiftStorage(IServiceCollection, string, Action{StorageOptions})"/>
    /// <param name="services">The services.</param>
    /// <param name="name">The key, not empty.</param>
    /// <param name="section">The section that holds the options; read when the store is made.</param>
    public static IServiceCollection AddLedgerLiftStorage(this IServiceCollection services, string name, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions<StorageOptions>(name).Bind(section);
        return AddNamed(services, name);
    }

    private static IServiceCollection AddDefault(IServiceCollection services)
    {
        AddNamed(services, Options.DefaultName);
        services.TryAddSingleton(static provider => Of(provider, Options.DefaultName));
        services.TryAddSingleton<IObjectStore>(static provider => provider.GetRequiredService<S3ObjectStore>());
        services.TryAddSingleton<IMultipartUploads>(static provider => provider.GetRequiredService<S3ObjectStore>());
        return services;
    }

    private static IServiceCollection AddNamed(IServiceCollection services, string name)
    {
        services.AddOptionsWithValidateOnStart<StorageOptions>(name);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>());
        // Hosted services and health checks cannot be told apart by TryAdd, so the first registration of the name brings them.
        if (services.Any(service => service.ServiceType == typeof(S3ObjectStore) && Equals(service.ServiceKey, name)))
            return services;
        services.AddKeyedSingleton(
            name,
            (provider, _) =>
                new S3ObjectStore(
                    provider.GetRequiredService<IOptionsMonitor<StorageOptions>>().Get(name),
                    provider.GetService<ILoggerFactory>(),
                    provider.GetService<TimeProvider>()
                )
        );
        services.TryAddKeyedSingleton<IObjectStore>(name, (provider, _) => Of(provider, name));
        services.TryAddKeyedSingleton<IMultipartUploads>(name, (provider, _) => Of(provider, name));
        services.AddSingleton<IHostedService>(provider => new StorageStart(Of(provider, name)));
        services.AddSingleton<IHostedService>(provider => new IncompleteUploadSweeper(Of(provider, name)));
        services
            .AddHealthChecks()
            .Add(
                new HealthCheckRegistration(
                    name.Length == 0 ? HealthCheckName : $"{HealthCheckName}-{name}",
                    provider => Of(provider, name).Health,
                    failureStatus: null,
                    tags: null
                )
            );
        return services;
    }

    private static S3ObjectStore Of(IServiceProvider provider, string name) => provider.GetRequiredKeyedService<S3ObjectStore>(name);
}
