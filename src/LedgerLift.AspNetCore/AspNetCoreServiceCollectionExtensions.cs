using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LedgerLift.AspNetCore;

/// <summary>Registers what the middlewares and endpoints of this package need.</summary>
public static class AspNetCoreServiceCollectionExtensions
{
    /// <summary>
    /// Registers the answers to failures, what <c>MapLedgerLiftHealth</c> shows, the health check <c>system</c>, and the switch that turns readiness off before
    /// the host stops. Problem details that the framework writes have <c>code</c>, <c>requestId</c> and <c>timestamp</c> too. May be called twice.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddLedgerLiftAspNetCore(
        this IServiceCollection services,
        Action<LedgerLiftAspNetCoreOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptionsWithValidateOnStart<LedgerLiftAspNetCoreOptions>();
        if (configure is not null)
            options.Configure(configure);
        return Add(services);
    }

    /// <summary>As <see cref="AddLedgerLiftAspNetCore(IServiceCollection, Action{LedgerLiftAspNetCoreOptions})"/>, with options from configuration.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="section">The section that holds the options; read at start.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="section"/> is null.</exception>
    public static IServiceCollection AddLedgerLiftAspNetCore(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptionsWithValidateOnStart<LedgerLiftAspNetCoreOptions>().Bind(section);
        return Add(services);
    }

    private static IServiceCollection Add(IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType == typeof(FailureAnswers)))
            return services;

        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<LedgerLiftAspNetCoreOptions>, LedgerLiftAspNetCoreOptionsValidator>()
        );
        services.AddSingleton(FailureAnswers.Create);
        services.AddProblemDetails();
        services.AddSingleton<IProblemDetailsWriter, UnaskedProblemWriter>();
        services.AddSingleton<IPostConfigureOptions<ProblemDetailsOptions>, ProblemDetailsSetup>();
        services.AddSingleton(HealthReporter.Create);
        services.AddSingleton(static provider => new ReadinessGate(
            OptionsOf(provider).Health,
            ClockOf(provider),
            provider.GetRequiredService<IHostApplicationLifetime>(),
            provider.GetService<ILogger<ReadinessGate>>() ?? NullLogger<ReadinessGate>.Instance
        ));
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<ReadinessGate>());
        services.AddSingleton(static provider => new SystemHealthCheck(
            OptionsOf(provider).System,
            new SystemReadings(),
            ClockOf(provider)
        ));
        services
            .AddHealthChecks()
            .Add(
                new HealthCheckRegistration(
                    SystemHealthCheck.Name,
                    static provider => provider.GetRequiredService<SystemHealthCheck>(),
                    failureStatus: null,
                    tags: null
                )
            );
        return services;
    }

    private static LedgerLiftAspNetCoreOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<LedgerLiftAspNetCoreOptions>>().Value;

    private static TimeProvider ClockOf(IServiceProvider provider) => provider.GetService<TimeProvider>() ?? TimeProvider.System;
}
