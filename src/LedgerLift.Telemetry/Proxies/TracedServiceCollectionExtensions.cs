using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LedgerLift.Telemetry;

/// <summary>Services whose calls are traced.</summary>
public static class TracedServiceCollectionExtensions
{
    /// <summary>
    /// Registers an implementation behind a proxy that runs every method of the interface in a span named <c>IService.Method</c>, of the source
    /// <see cref="TelemetryDiagnostics.ActivitySourceName"/>, as <see cref="Traced"/> does: until the task, value task or stream ends. Properties and events pass without a span. The
    /// implementation is registered under its own type too.
    /// </summary>
    /// <typeparam name="TService">An interface.</typeparam>
    /// <typeparam name="TImplementation">What implements it.</typeparam>
    /// <param name="services">The services of the host.</param>
    /// <param name="lifetime">How long an instance lives.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="TService"/> is no interface.</exception>
    [RequiresDynamicCode("The proxy's type is generated at run time.")]
    public static IServiceCollection AddTraced<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TService,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TImplementation
    >(this IServiceCollection services, ServiceLifetime lifetime = ServiceLifetime.Transient)
        where TService : class
        where TImplementation : class, TService
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!typeof(TService).IsInterface)
            throw new ArgumentException($"{typeof(TService)} must be an interface.", nameof(services));

        services.TryAdd(ServiceDescriptor.Describe(typeof(TImplementation), typeof(TImplementation), lifetime));
        services.Add(
            ServiceDescriptor.Describe(
                typeof(TService),
                static provider => TracedProxy<TService>.Create(provider.GetRequiredService<TImplementation>()),
                lifetime
            )
        );
        return services;
    }
}
