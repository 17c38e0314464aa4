using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace LedgerLift.Logging;

/// <summary>Sets up a host's log as a service needs it.</summary>
public static class LedgerLiftLoggingBuilderExtensions
{
    /// <summary>
    /// Redaction in front of every provider, the level by its name, the console in a format that no logged text can forge lines in, and request, trace and
    /// span id on every event.
    /// </summary>
    /// <param name="builder">The host's logging.</param>
    /// <param name="configure">Changes the options; null: the defaults.</param>
    /// <returns>The same builder. Calling again adds configuration and nothing else.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static ILoggingBuilder AddLedgerLiftLogging(this ILoggingBuilder builder, Action<LedgerLiftLoggingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.Services.AddOptionsWithValidateOnStart<LedgerLiftLoggingOptions>();
        if (configure is not null)
            options.Configure(configure);

        return Add(builder);
    }

    /// <summary>As <see cref="AddLedgerLiftLogging(ILoggingBuilder, Action{LedgerLiftLoggingOptions})"/>, with options from configuration; the level follows changes while the host runs.</summary>
    /// <param name="builder">The host's logging.</param>
    /// <param name="section">The section that holds the options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="section"/> is null.</exception>
    public static ILoggingBuilder AddLedgerLiftLogging(this ILoggingBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        builder.Services.AddOptionsWithValidateOnStart<LedgerLiftLoggingOptions>().Bind(section);
        return Add(builder);
    }

    private static ILoggingBuilder Add(ILoggingBuilder builder)
    {
        builder.AddLedgerLiftRedaction();
        builder.AddConsole();
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.Replace(ServiceDescriptor.Singleton(new ContextSwitch(IsOn: true)));
        services.TryAddEnumerable([
            ServiceDescriptor.Singleton<IValidateOptions<LedgerLiftLoggingOptions>, LedgerLiftLoggingOptionsValidator>(),
            ServiceDescriptor.Singleton<IPostConfigureOptions<LoggerFilterOptions>, LevelSetup>(),
            ServiceDescriptor.Singleton<IOptionsChangeTokenSource<LoggerFilterOptions>, LevelChanges>(),
            ServiceDescriptor.Singleton<IConfigureOptions<ConsoleLoggerOptions>, ConsoleSetup>(),
            ServiceDescriptor.Singleton<ConsoleFormatter, JsonLineFormatter>(),
            ServiceDescriptor.Singleton<ConsoleFormatter, TextLineFormatter>(),
        ]);
        return builder;
    }
}
