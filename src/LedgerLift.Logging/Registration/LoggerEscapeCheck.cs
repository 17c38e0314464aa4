using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LedgerLift.Logging;

/// <summary>Looks when the host starts whether something registered would write logs past the redaction.</summary>
internal sealed class LoggerEscapeCheck(IServiceProvider provider, LoggerEscapeCheck.Registrations registrations)
    : IValidateOptions<LoggerEscapeCheck.Target>
{
    /// <summary>Has the check run on start, with the options of the host.</summary>
    public static void Register(IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<Target>();
        services.TryAddSingleton(new Registrations(services));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<Target>, LoggerEscapeCheck>());
    }

    public ValidateOptionsResult Validate(string? name, Target options)
    {
        var faults = new ValidateOptionsResultBuilder();
        foreach (var factory in provider.GetServices<ILoggerFactory>().Where(static factory => factory is not RedactingLoggerFactory))
            Add(
                $"The logger factory {factory.GetType()} was registered behind AddLedgerLiftRedaction and would write logs unredacted; register it before."
            );

        foreach (var scopes in provider.GetServices<IExternalScopeProvider>().Where(static scopes => scopes is not RedactingScopeProvider))
            Add(
                $"The scope provider {scopes.GetType()} was registered behind AddLedgerLiftRedaction and would give scopes unredacted; register it before."
            );

        foreach (var descriptor in registrations.Services.Where(IsLogger).ToList())
        {
            if (FaultOf(descriptor) is { } logger)
                Add(
                    $"{descriptor.ServiceType} is registered as {logger}, which writes logs past the redaction; make it from ILoggerFactory."
                );
        }

        return faults.Build();

        void Add(string fault) => faults.AddError(fault);
    }

    private static bool IsLogger(ServiceDescriptor descriptor) =>
        descriptor.ServiceType == typeof(ILogger)
        || (descriptor.ServiceType.IsGenericType && descriptor.ServiceType.GetGenericTypeDefinition() == typeof(ILogger<>));

    // The framework's own classes write through the factory; any other may write where it likes.
    private string? FaultOf(ServiceDescriptor descriptor)
    {
        var type = descriptor.IsKeyedService ? descriptor.KeyedImplementationType : descriptor.ImplementationType;
        if (type is null && descriptor.ServiceType.ContainsGenericParameters)
            return null;

        type ??= Resolve(descriptor)?.GetType();
        return
            type is null
            || type == typeof(RedactingLogger)
            || type == typeof(NullLogger)
            || IsGeneric(type, typeof(Logger<>), typeof(NullLogger<>))
            ? null
            : type.ToString();
    }

    private object? Resolve(ServiceDescriptor descriptor)
    {
        if ((descriptor.IsKeyedService ? descriptor.KeyedImplementationInstance : descriptor.ImplementationInstance) is { } instance)
            return instance;

        using var scope = provider.CreateScope();
        return descriptor.IsKeyedService
            ? descriptor.KeyedImplementationFactory?.Invoke(scope.ServiceProvider, descriptor.ServiceKey)
            : descriptor.ImplementationFactory?.Invoke(scope.ServiceProvider);
    }

    private static bool IsGeneric(Type type, params ReadOnlySpan<Type> definitions) =>
        type.IsGenericType && definitions.Contains(type.GetGenericTypeDefinition());

    /// <summary>Stands for the logging of a host.</summary>
    [SuppressMessage(
        "Minor Code Smell",
        "S2094",
        Justification = "Validation on start needs a type to ask for; the check looks at the host, not at it."
    )]
    internal sealed class Target;

    /// <summary>What the host has registered, also behind this.</summary>
    internal sealed record Registrations(IServiceCollection Services);
}
