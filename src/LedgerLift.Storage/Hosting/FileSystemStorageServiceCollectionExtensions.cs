using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LedgerLift.Storage;

/// <summary>Registers object stores in folders.</summary>
public static class FileSystemStorageServiceCollectionExtensions
{
    private const string HealthCheckName = "s3";

    /// <summary>
    /// Registers <see cref="FileSystemObjectStore"/>, <see cref="IObjectStore"/> and <see cref="IMultipartUploads"/> as singletons, the health check <c>s3</c> (the name of the
    /// object store, whichever it is), and a sweeper of incomplete uploads. Calling it again adds to the configuration.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddLedgerLiftFileSystemStorage(
        this IServiceCollection services,
        Action<FileSystemStorageOptions> configure
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<FileSystemStorageOptions>().Configure(configure);
        return AddDefault(services);
    }

    /// <inheritdoc cref="AddLedgerLiftFileSystemStorage(IServiceCollection, Action{FileSystemStorageOptions})"/>
    /// <param name="services">The services.</param>
    /// <param name="section">The section that holds the options; read when the store is made.</param>
    public static IServiceCollection AddLedgerLiftFileSystemStorage(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions<FileSystemStorageOptions>().Bind(section);
        return AddDefault(services);
    }

    /// <summary>Registers a further store under a name: the same services, keyed by it, and the health check <c>s3-name</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key, not empty.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddLedgerLiftFileSystemStorage(
        this IServiceCollection services,
        string name,
        Action<FileSystemStorageOptions> configure
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<FileSystemStorageOptions>(name).Configure(configure);
        return AddNamed(services, name);
    }

    /// <inheritdoc cref="AddLedgerLiftFileSystemStorage(IServiceCollection, string, Action{FileSystemStorageOptions})"/>
    /// <param name="services">The services.</param>
    /// <param name="name">The key, not empty.</param>
    /// <param name="section">The section that holds the options; read when the store is made.</param>
    public static IServiceCollection AddLedgerLiftFileSystemStorage(this IServiceCollection services, string name, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions<FileSystemStorageOptions>(name).Bind(section);
        return AddNamed(services, name);
    }

    private static IServiceCollection AddDefault(IServiceCollection services)
    {
        AddNamed(services, Options.DefaultName);
        services.TryAddSingleton(static provider => Of(provider, Options.DefaultName));
        services.TryAddSingleton<IObjectStore>(static provider => provider.GetRequiredService<FileSystemObjectStore>());
        services.TryAddSingleton<IMultipartUploads>(static provider => provider.GetRequiredService<FileSystemObjectStore>());
        return services;
    }

    private static IServiceCollection AddNamed(IServiceCollection services, string name)
    {
        services.AddOptionsWithValidateOnStart<FileSystemStorageOptions>(name);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<FileSystemStorageOptions>, FileSystemStorageOptionsValidator>()
        );
        // Hosted services and health checks cannot be told apart by TryAdd, so the first registration of the name brings them.
        if (services.Any(service => service.ServiceType == typeof(FileSystemObjectStore) && Equals(service.ServiceKey, name)))
            return services;
        services.AddKeyedSingleton(
            name,
            (provider, _) => new FileSystemObjectStore(OptionsOf(provider, name), provider.GetService<TimeProvider>())
        );
        services.TryAddKeyedSingleton<IObjectStore>(name, (provider, _) => Of(provider, name));
        services.TryAddKeyedSingleton<IMultipartUploads>(name, (provider, _) => Of(provider, name));
        services.AddSingleton<IHostedService>(provider => new FileSweeperService(
            Of(provider, name),
            OptionsOf(provider, name).IncompleteUploadAge,
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetService<ILoggerFactory>()?.CreateLogger<FileSystemObjectStore>() ?? NullLogger<FileSystemObjectStore>.Instance
        ));
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

    private static FileSystemObjectStore Of(IServiceProvider provider, string name) =>
        provider.GetRequiredKeyedService<FileSystemObjectStore>(name);

    private static FileSystemStorageOptions OptionsOf(IServiceProvider provider, string name) =>
        provider.GetRequiredService<IOptionsMonitor<FileSystemStorageOptions>>().Get(name);
}
