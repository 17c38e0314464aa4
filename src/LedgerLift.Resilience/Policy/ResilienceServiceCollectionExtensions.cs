using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LedgerLift.Resilience;

/// <summary>Registers named resilience policies.</summary>
public static class ResilienceServiceCollectionExtensions
{
    /// <summary>
    /// Adds a named policy. Under its name as key the container then holds, as singletons that share one state, a <see cref="ResilienceExecutor"/>, a
    /// <c>Polly.ResiliencePipeline</c>, a <see cref="CircuitBreaker"/> and a <see cref="RetryBudget"/>; without a key, the
    /// <see cref="ICircuitBreakerRegistry"/> of all policies.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Taken from the container when they are there: <see cref="TimeProvider"/>, <c>ILoggerFactory</c>, an <see cref="IFailureClassifier"/> under the policy's
    /// name as key (else <see cref="DefaultFailureClassifier"/>), and a <c>Polly.ResiliencePipelineBuilder</c>, which brings Polly's telemetry along.
    /// </para>
    /// <para>
    /// The options are validated when the host starts, all faults at once, and followed when they change: the breaker's state stays. Calling again with the
    /// same name adds to the configuration and registers nothing twice.
    /// </para>
    /// </remarks>
    /// <param name="services">The host's services.</param>
    /// <param name="policyName">The policy's name; not blank, and from a small set: it becomes a metric attribute.</param>
    /// <param name="configure">Changes the options; <see langword="null"/>: the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="policyName"/> is blank.</exception>
    public static IServiceCollection AddLedgerLiftResilience(
        this IServiceCollection services,
        string policyName,
        Action<ResiliencePolicyOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(policyName);
        var options = services.AddOptionsWithValidateOnStart<ResiliencePolicyOptions>(policyName);
        if (configure is not null)
            options.Configure(configure);
        return services.AddPolicy(policyName);
    }

    /// <summary>Adds a named policy whose options are those of a configuration section, and follow it.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="policyName">The policy's name; not blank, and from a small set: it becomes a metric attribute.</param>
    /// <param name="section">Holds the properties of <see cref="ResiliencePolicyOptions"/>.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="section"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="policyName"/> is blank.</exception>
    /// <inheritdoc cref="AddLedgerLiftResilience(IServiceCollection, string, Action{ResiliencePolicyOptions})" path="/remarks"/>
    public static IServiceCollection AddLedgerLiftResilience(this IServiceCollection services, string policyName, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(policyName);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptionsWithValidateOnStart<ResiliencePolicyOptions>(policyName).Bind(section);
        return services.AddPolicy(policyName);
    }

    private static IServiceCollection AddPolicy(this IServiceCollection services, string policyName)
    {
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<ResiliencePolicyOptions>, ResiliencePolicyOptionsValidator>()
        );
        services.TryAddSingleton<CircuitBreakerRegistry>();
        services.TryAddSingleton<ICircuitBreakerRegistry>(provider => provider.GetRequiredService<CircuitBreakerRegistry>());
        services.TryAddKeyedSingleton(
            policyName,
            (provider, _) => provider.GetRequiredService<CircuitBreakerRegistry>().Add(new ResiliencePolicy(policyName, provider))
        );
        services.TryAddKeyedSingleton(policyName, (provider, _) => Policy(provider, policyName).Executor);
        services.TryAddKeyedSingleton(policyName, (provider, _) => Policy(provider, policyName).Pipeline);
        services.TryAddKeyedSingleton(
            policyName,
            (provider, _) => Policy(provider, policyName).Executor.CircuitBreaker ?? throw CircuitBreakerRegistry.NoBreaker(policyName)
        );
        services.TryAddKeyedSingleton(
            policyName,
            (provider, _) =>
                Policy(provider, policyName).Executor.Budget
                ?? throw new InvalidOperationException(
                    $"The resilience policy '{policyName}' has no retry budget: its options set {nameof(ResiliencePolicyOptions.Budget)} to null."
                )
        );
        return services;
    }

    private static ResiliencePolicy Policy(IServiceProvider provider, string policyName) =>
        provider.GetRequiredKeyedService<ResiliencePolicy>(policyName);
}
