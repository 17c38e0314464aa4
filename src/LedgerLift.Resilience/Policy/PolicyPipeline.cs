using System.Diagnostics.CodeAnalysis;
using Polly;
using Polly.Registry;
using Polly.Timeout;

namespace LedgerLift.Resilience;

/// <summary>
/// A policy as a Polly pipeline, around the executor's breaker and budget. The pipeline object stays the same when the options change; Polly replaces what is
/// inside, and the state is outside.
/// </summary>
[SuppressMessage("Reliability", "CA2000", Justification = "As for CA1001.")]
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "Neither registry nor sources hold anything but memory, and a disposed pipeline would refuse calls while a host stops."
)]
internal sealed class PolicyPipeline
{
    private readonly ResilienceExecutor _executor;
    private readonly string _name;
    private readonly GuardedClassifier _classifier;
    private readonly TimeProvider _timeProvider;
    private ResiliencePolicyOptions _options;
    private CancellationTokenSource _reload = new();

    internal PolicyPipeline(
        ResilienceExecutor executor,
        string name,
        ResiliencePolicyOptions options,
        IFailureClassifier classifier,
        TimeProvider timeProvider,
        Func<ResiliencePipelineBuilder?> createBuilder
    )
    {
        _executor = executor;
        _name = name;
        _options = options;
        _classifier = new GuardedClassifier(classifier);
        _timeProvider = timeProvider;
        // A host with Polly's own telemetry package has registered a builder that carries it.
        var registry = new ResiliencePipelineRegistry<string>(
            new ResiliencePipelineRegistryOptions<string> { BuilderFactory = () => createBuilder() ?? new ResiliencePipelineBuilder() }
        );
        Pipeline = registry.GetOrAddPipeline(name, Configure);
    }

    internal ResiliencePipeline Pipeline { get; }

    internal void Rebuild(ResiliencePolicyOptions options)
    {
        Volatile.Write(ref _options, options);
        Interlocked.Exchange(ref _reload, new CancellationTokenSource()).Cancel();
    }

    // Total timeout, around retry, around the breaker, around the attempt timeout, as in the executor.
    private void Configure(ResiliencePipelineBuilder builder, ConfigureBuilderContext<string> context)
    {
        context.AddReloadToken(Volatile.Read(ref _reload).Token);
        var options = Volatile.Read(ref _options);
        builder.TimeProvider = _timeProvider;
        if (options.TotalTimeout is { } total)
            AddTimeout(builder.AddCallerToken(), total);

        var settings = new RetryStrategySettings(_name, options.Retry.Copy(), options.TotalTimeout, options.RetryOpenCircuit);
        var judge = new OutcomeJudge(_classifier, outcomes: null);
        var retries = new RetryJudge(_name, _classifier, _executor.CircuitBreaker, _executor.Budget, DefaultRandomness.Source);
        builder.AddPolicyRetry(settings, judge, retries, _executor.Budget);
        if (_executor.CircuitBreaker is { } breaker)
            builder.AddPolicyBreaker(breaker, judge);
        if (options.AttemptTimeout is { } attempt)
            AddTimeout(builder, attempt);
    }

    // Through the generator: Polly's fixed timeout starts at 10 ms and ends at a day, ours does not.
    private static void AddTimeout(ResiliencePipelineBuilder builder, TimeSpan timeout) =>
        builder.AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = _ => new ValueTask<TimeSpan>(timeout) });
}
