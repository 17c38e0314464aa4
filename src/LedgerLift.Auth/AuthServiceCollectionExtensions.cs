using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LedgerLift.Auth;

/// <summary>Registers the parts of this package.</summary>
public static class AuthServiceCollectionExtensions
{
    /// <summary>Registers the <see cref="InMemoryTokenStore"/> as <see cref="ITokenStore"/> and <see cref="ITokenFamilies"/>, unless there is one already. May be called twice.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddLedgerLiftAuth(
        this IServiceCollection services,
        Action<InMemoryTokenStoreOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptionsWithValidateOnStart<InMemoryTokenStoreOptions>();
        if (configure is not null)
            options.Configure(configure);
        return services.AddInMemoryTokenStore();
    }

    /// <summary>Registers the <see cref="InMemoryTokenStore"/> as <see cref="ITokenStore"/> and <see cref="ITokenFamilies"/>, unless there is one already. May be called twice.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="section">The section that holds the <see cref="InMemoryTokenStoreOptions"/>; read when the store is made, not reloaded.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="section"/> is null.</exception>
    public static IServiceCollection AddLedgerLiftAuth(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptionsWithValidateOnStart<InMemoryTokenStoreOptions>().Bind(section);
        return services.AddInMemoryTokenStore();
    }

    private static IServiceCollection AddInMemoryTokenStore(this IServiceCollection services)
    {
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<InMemoryTokenStoreOptions>, InMemoryTokenStoreOptionsValidator>()
        );
        services.TryAddSingleton(static provider => new InMemoryTokenStore(
            provider.GetRequiredService<IOptions<InMemoryTokenStoreOptions>>().Value,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<InMemoryTokenStore>>()
        ));
        services.TryAddSingleton<ITokenStore>(static provider => provider.GetRequiredService<InMemoryTokenStore>());
        services.TryAddSingleton<ITokenFamilies>(static provider => provider.GetRequiredService<InMemoryTokenStore>());
        return services;
    }
}
