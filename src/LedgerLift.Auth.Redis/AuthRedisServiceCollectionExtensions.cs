using System.Diagnostics.CodeAnalysis;
using LedgerLift.Resilience;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LedgerLift.Auth.Redis;

/// <summary>Registers the parts of this package.</summary>
public static class AuthRedisServiceCollectionExtensions
{
    /// <summary>
    /// The key under which a host registers the second <c>IConnectionMultiplexer</c> that <see cref="RedisTokenStoreOptions.RequiredReplicas"/> needs, when
    /// <see cref="RedisTokenStoreOptions.Configuration"/> is not set.
    /// </summary>
    public const string AcknowledgementsKey = "redis-acknowledgements";

    /// <summary>
    /// Registers the <see cref="RedisTokenStore"/> as <see cref="ITokenStore"/> and <see cref="ITokenFamilies"/>, instead of an in-memory store of
    /// LedgerLift.Auth; its policy under <see cref="RedisTokenStore.PolicyName"/>; and the health check <c>redis</c>. May be called twice. No connection
    /// is opened before it is needed, and a server that is down does not keep the host from starting.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddLedgerLiftRedisTokenStore(
        this IServiceCollection services,
        Action<RedisTokenStoreOptions> configure
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptionsWithValidateOnStart<RedisTokenStoreOptions>().Configure(configure);
        return services.AddTokenStore();
    }

    /// <summary>The same with options from configuration, read when the store is made.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="section">The section that holds the <see cref="RedisTokenStoreOptions"/>.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddLedgerLiftRedisTokenStore(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptionsWithValidateOnStart<RedisTokenStoreOptions>().Bind(section);
        return services.AddTokenStore();
    }

    /// <summary>
    /// Registers the <see cref="RedisReplayGuard"/> as <see cref="IReplayGuard"/>, instead of the in-memory guard of LedgerLift.Auth, and its policy under
    /// <see cref="RedisReplayGuard.PolicyName"/>. May be called twice.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddLedgerLiftRedisReplayGuard(
        this IServiceCollection services,
        Action<RedisReplayGuardOptions> configure
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptionsWithValidateOnStart<RedisReplayGuardOptions>().Configure(configure);
        return services.AddReplayGuard();
    }

    /// <summary>The same with options from configuration, read when the guard is made.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="section">The section that holds the <see cref="RedisReplayGuardOptions"/>.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddLedgerLiftRedisReplayGuard(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptionsWithValidateOnStart<RedisReplayGuardOptions>().Bind(section);
        return services.AddReplayGuard();
    }

    private static IServiceCollection AddTokenStore(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisTokenStoreOptions>, RedisTokenStoreOptionsValidator>());
        services.AddPolicy<RedisTokenStoreOptions>(RedisTokenStore.PolicyName, static options => options.Resilience);
        services.TryAddSingleton(static provider => new RedisStoreConnections(
            provider.GetRequiredService<IOptions<RedisTokenStoreOptions>>().Value,
            provider
        ));
        services.TryAddSingleton(static provider => MakeStore(provider));
        services.Supersede<ITokenStore>(static provider => provider.GetRequiredService<RedisTokenStore>());
        services.Supersede<ITokenFamilies>(static provider => provider.GetRequiredService<RedisTokenStore>());
        services.AddHealthChecks();
        services.Configure<HealthCheckServiceOptions>(static options =>
        {
            if (!options.Registrations.Any(check => string.Equals(check.Name, RedisHealthCheck.Name, StringComparison.Ordinal)))
                options.Registrations.Add(
                    new HealthCheckRegistration(RedisHealthCheck.Name, MakeHealthCheck, failureStatus: null, tags: null)
                );
        });
        return services;
    }

    private static IServiceCollection AddReplayGuard(this IServiceCollection services)
    {
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<RedisReplayGuardOptions>, RedisReplayGuardOptionsValidator>()
        );
        services.AddPolicy<RedisReplayGuardOptions>(RedisReplayGuard.PolicyName, static options => options.Resilience);
        services.TryAddSingleton(static provider => new RedisGuardConnection(
            provider.GetRequiredService<IOptions<RedisReplayGuardOptions>>().Value,
            provider
        ));
        services.TryAddSingleton(static provider => new RedisReplayGuard(
            provider.GetRequiredService<RedisGuardConnection>().Connection,
            provider.GetRequiredService<IOptions<RedisReplayGuardOptions>>().Value,
            provider.GetRequiredKeyedService<ResilienceExecutor>(RedisReplayGuard.PolicyName),
            provider.GetService<TimeProvider>()
        ));
        services.Supersede<IReplayGuard>(static provider => provider.GetRequiredService<RedisReplayGuard>());
        return services;
    }

    private static void AddPolicy<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        this IServiceCollection services,
        string name,
        Func<TOptions, ResiliencePolicyOptions> policyOf
    )
        where TOptions : class
    {
        services.TryAddKeyedSingleton<IFailureClassifier>(name, RedisFailureClassifier.Instance);
        services
            .AddOptions<ResiliencePolicyOptions>(name)
            .Configure<IOptions<TOptions>>((policy, options) => RedisPolicy.Copy(policyOf(options.Value), policy));
        services.AddLedgerLiftResilience(name);
    }

    // Who asks for Redis must not get the memory of one process, in whatever order the two were registered; a store of the host's own stays.
    private static void Supersede<TService>(this IServiceCollection services, Func<IServiceProvider, TService> make)
        where TService : class
    {
        for (var i = services.Count - 1; i >= 0; i--)
            if (
                services[i] is { IsKeyedService: false, ImplementationFactory: { } factory }
                && services[i].ServiceType == typeof(TService)
                && factory.Method.Module.Assembly == typeof(ITokenStore).Assembly
            )
                services.RemoveAt(i);
        services.TryAddSingleton(make);
    }

    private static RedisTokenStore MakeStore(IServiceProvider provider)
    {
        var connections = provider.GetRequiredService<RedisStoreConnections>();
        return new RedisTokenStore(
            connections.Main,
            connections.Acknowledgements,
            provider.GetRequiredService<IOptions<RedisTokenStoreOptions>>().Value,
            provider.GetRequiredKeyedService<ResilienceExecutor>(RedisTokenStore.PolicyName),
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<RedisTokenStore>>()
        );
    }

    private static RedisHealthCheck MakeHealthCheck(IServiceProvider provider)
    {
        var policy = provider.GetRequiredService<IOptions<RedisTokenStoreOptions>>().Value.Resilience;
        return new RedisHealthCheck(
            provider.GetRequiredService<RedisStoreConnections>().Main,
            policy.AttemptTimeout ?? policy.TotalTimeout!.Value,
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetService<ILogger<RedisHealthCheck>>()
        );
    }
}
