using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LedgerLift.Logging;

/// <summary>Puts redaction in front of a host's log providers.</summary>
public static class RedactionLoggingBuilderExtensions
{
    /// <summary>
    /// Redacts every event and scope before any provider sees it, whatever providers the host has or adds later. Also registers the current
    /// <see cref="PiiRedactor"/>. A logger factory, scope provider or logger that would write past it is an error when the host starts.
    /// </summary>
    /// <param name="builder">The host's logging.</param>
    /// <param name="configure">Changes the options; null: the defaults.</param>
    /// <returns>The same builder. Calling again adds configuration and nothing else.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static ILoggingBuilder AddLedgerLiftRedaction(this ILoggingBuilder builder, Action<PiiRedactionOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.Services.AddOptionsWithValidateOnStart<PiiRedactionOptions>();
        if (configure is not null)
            options.Configure(configure);

        return Add(builder);
    }

    /// <summary>As <see cref="AddLedgerLiftRedaction(ILoggingBuilder, Action{PiiRedactionOptions})"/>, with options from configuration; changes take effect while the host runs.</summary>
    /// <param name="builder">The host's logging.</param>
    /// <param name="section">The section that holds the options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="section"/> is null.</exception>
    public static ILoggingBuilder AddLedgerLiftRedaction(this ILoggingBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        builder.Services.AddOptionsWithValidateOnStart<PiiRedactionOptions>().Bind(section);
        return Add(builder);
    }

    private static ILoggingBuilder Add(ILoggingBuilder builder)
    {
        var services = builder.Services;
        services.AddLogging();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PiiRedactionOptions>, PiiRedactionOptionsValidator>());
        services.TryAddSingleton(static provider => new RedactorSource(
            provider,
            provider.GetRequiredService<IOptionsFactory<PiiRedactionOptions>>(),
            provider.GetServices<IOptionsChangeTokenSource<PiiRedactionOptions>>()
        ));
        services.TryAddTransient(static provider => provider.GetRequiredService<RedactorSource>().Current);
        services.TryAddSingleton(new ContextSwitch(IsOn: false));
        LoggerDecoration.Apply(services);
        LoggerEscapeCheck.Register(services);
        return builder;
    }
}
