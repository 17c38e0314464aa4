using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LedgerLift.Auth;

/// <summary>Registers verifiers and signing handlers by name.</summary>
public static class HmacSignatureServiceCollectionExtensions
{
    /// <summary>
    /// Registers, under a name, a keyed singleton <see cref="HmacSignatureVerifier"/> and a keyed transient <see cref="HmacSigningHandler"/>; and, unless
    /// there is one, an <see cref="IReplayGuard"/> in memory. The empty name is registered without a key too. May be called twice.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">The name, as in <c>RequireHmacSignature(name)</c>; may be empty.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddLedgerLiftHmacSignatures(
        this IServiceCollection services,
        string name,
        Action<HmacSignatureOptions> configure
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptionsWithValidateOnStart<HmacSignatureOptions>(name).Configure(configure);
        return services.AddHmacSignatures(name);
    }

    /// <summary>The same with options from configuration. <c>Keys</c> is a list of <c>Id</c>, <c>Secret</c> (text, or <c>whsec_…</c>) or <c>SecretBase64</c>, <c>NotBefore</c> and <c>NotAfter</c>; it is reloaded live when the configuration is.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">The name; may be empty.</param>
    /// <param name="section">The section that holds the options.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddLedgerLiftHmacSignatures(this IServiceCollection services, string name, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(section);
        services
            .AddOptionsWithValidateOnStart<HmacSignatureOptions>(name)
            .Configure(options => section.Get<HmacSignatureSettings>()?.ApplyTo(options));
        services.AddSingleton<IOptionsChangeTokenSource<HmacSignatureOptions>>(
            new ConfigurationChangeTokenSource<HmacSignatureOptions>(name, section)
        );
        return services.AddHmacSignatures(name);
    }

    private static IServiceCollection AddHmacSignatures(this IServiceCollection services, string name)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HmacSignatureOptions>, HmacSignatureOptionsValidator>());
        services.AddOptionsWithValidateOnStart<InMemoryReplayGuardOptions>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<InMemoryReplayGuardOptions>, InMemoryReplayGuardOptionsValidator>()
        );
        services.TryAddSingleton<IReplayGuard>(static provider => new InMemoryReplayGuard(
            provider.GetRequiredService<IOptions<InMemoryReplayGuardOptions>>().Value,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<InMemoryReplayGuard>>()
        ));
        services.TryAddKeyedSingleton(name, static (provider, key) => MakeVerifier(provider, (string)key!));
        services.TryAddKeyedTransient(name, static (provider, key) => MakeHandler(provider, (string)key!));
        if (name.Length == 0)
            services.TryAddSingleton(static provider => provider.GetRequiredKeyedService<HmacSignatureVerifier>(""));
        return services;
    }

    private static HmacSignatureVerifier MakeVerifier(IServiceProvider provider, string name) =>
        new(
            OptionsOf(provider, name),
            provider.GetService<TimeProvider>(),
            provider.GetRequiredService<IReplayGuard>(),
            provider.GetService<ILogger<HmacSignatureVerifier>>()
        );

    private static HmacSigningHandler MakeHandler(IServiceProvider provider, string name) =>
        new(OptionsOf(provider, name), provider.GetService<TimeProvider>(), provider.GetService<ILogger<HmacSigningHandler>>());

    private static ReloadingHmacOptions OptionsOf(IServiceProvider provider, string name) =>
        new(
            name,
            provider.GetRequiredService<IOptionsFactory<HmacSignatureOptions>>(),
            provider.GetServices<IOptionsChangeTokenSource<HmacSignatureOptions>>()
        );
}
