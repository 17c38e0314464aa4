using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Polly;

namespace LedgerLift.Resilience;

/// <summary>Everything that one named policy of a host consists of, made together so that all of it shares one breaker and one budget.</summary>
internal sealed class ResiliencePolicy : IDisposable
{
    private readonly PolicyOptionsSource _options;
    private readonly PolicyPipeline _pipeline;

    internal ResiliencePolicy(string name, IServiceProvider services)
    {
        Name = name;
        var loggers = services.GetService<ILoggerFactory>();
        _options = new PolicyOptionsSource(name, services, loggers);
        var options = _options.Read();
        var timeProvider = services.GetService<TimeProvider>() ?? TimeProvider.System;
        var classifier = services.GetKeyedService<IFailureClassifier>(name) ?? DefaultFailureClassifier.Instance;
        var log = new BreakerLog(loggers);

        Executor = new ResilienceExecutor(name, options, classifier, timeProvider);
        if (Executor.CircuitBreaker is { } breaker && options.CircuitBreaker is { } settings)
        {
            log.Follow(breaker);
            Keyed = new KeyedPolicyBreakers(name, options.MaxKeyedBreakers, settings, timeProvider, log);
        }

        _pipeline = new PolicyPipeline(Executor, name, options, classifier, timeProvider, services.GetService<ResiliencePipelineBuilder>);
        _options.Follow(Update);
    }

    internal string Name { get; }

    internal ResilienceExecutor Executor { get; }

    internal KeyedPolicyBreakers? Keyed { get; }

    internal ResiliencePipeline Pipeline => _pipeline.Pipeline;

    /// <summary>Ends the following of the options. Executor and pipeline go on working: calls may be under way while a host stops.</summary>
    public void Dispose() => _options.Dispose();

    private void Update(ResiliencePolicyOptions options)
    {
        Executor.Update(options);
        if (options.CircuitBreaker is { } settings)
            Keyed?.Update(settings);
        _pipeline.Rebuild(options);
    }
}
