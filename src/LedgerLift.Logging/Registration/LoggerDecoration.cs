using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LedgerLift.Logging;

/// <summary>Puts the package's logger factory and scope provider in the place of those that are registered, with those inside.</summary>
internal static class LoggerDecoration
{
    /// <summary>Decorates what is registered now; what already is decorated stays.</summary>
    public static void Apply(IServiceCollection services)
    {
        Replace(
            services,
            typeof(ILoggerFactory),
            static (provider, key) => MakeFactory(provider, provider.GetRequiredKeyedService<ILoggerFactory>(key))
        );
        if (!services.Any(static each => each.ServiceType == typeof(IExternalScopeProvider) && !each.IsKeyedService))
            services.AddSingleton<IExternalScopeProvider, LoggerExternalScopeProvider>();

        Replace(
            services,
            typeof(IExternalScopeProvider),
            static (provider, key) => MakeScopes(provider, provider.GetRequiredKeyedService<IExternalScopeProvider>(key))
        );
    }

    private static RedactingLoggerFactory MakeFactory(IServiceProvider provider, ILoggerFactory inner) =>
        new(inner, provider.GetRequiredService<RedactorSource>(), provider.GetRequiredService<ContextSwitch>().IsOn, ownsInner: false);

    private static RedactingScopeProvider MakeScopes(IServiceProvider provider, IExternalScopeProvider inner) =>
        new(
            inner,
            provider.GetRequiredService<RedactorSource>(),
            provider.GetRequiredService<IOptions<LoggerFactoryOptions>>(),
            provider.GetRequiredService<ContextSwitch>().IsOn
        );

    // The old registration gets a key that nobody else has; the new one takes its place.
    private static void Replace(IServiceCollection services, Type type, Func<IServiceProvider, object, object> make)
    {
        var old = services.Last(each => each.ServiceType == type && !each.IsKeyedService);
        if (old is DecoratedDescriptor)
            return;

        services.Remove(old);
        var key = new object();
        services.Add(WithKey(old, key));
        services.Add(new DecoratedDescriptor(type, provider => make(provider, key)));
    }

    private static ServiceDescriptor WithKey(ServiceDescriptor old, object key)
    {
        if (old.ImplementationInstance is { } instance)
            return new ServiceDescriptor(old.ServiceType, key, instance);

        return old.ImplementationFactory is { } factory
            ? new ServiceDescriptor(old.ServiceType, key, (provider, _) => factory(provider), old.Lifetime)
            : new ServiceDescriptor(old.ServiceType, key, old.ImplementationType!, old.Lifetime);
    }

    private sealed class DecoratedDescriptor(Type type, Func<IServiceProvider, object> make)
        : ServiceDescriptor(type, make, ServiceLifetime.Singleton);
}
