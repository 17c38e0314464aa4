using Polly;
using Polly.Timeout;

namespace LedgerLift.Resilience;

/// <summary>
/// A policy as a Polly pipeline, around the executor's breaker and budget. The pipeline object stays the same when the options change; the one inside it is
/// built anew, and the state is outside.
/// </summary>
/// <remarks>
/// Not through Polly's registry, whose reloadable pipelines count the calls under way in order to dispose of what is replaced: that costs each call nearly as much as
/// breaker and retry together. Nothing here needs to wait for calls under way.
/// </remarks>
internal sealed class PolicyPipeline
{
    private readonly ResilienceExecutor _executor;
    private readonly string _name;
    private readonly GuardedClassifier _classifier;
    private readonly TimeProvider _timeProvider;
    private readonly Func<ResiliencePipelineBuilder?> _createBuilder;
    private readonly Lock _building = new();
    private CircuitBreakerStrategy? _breaker;
    private ResiliencePipeline _current;

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
        _classifier = new GuardedClassifier(classifier);
        _timeProvider = timeProvider;
        _createBuilder = createBuilder;
        _current = Build(options);
        Pipeline = new ResiliencePipelineBuilder().AddStrategy(_ => new PolicyStrategy(this)).Build();
    }

    /// <summary>What users hold.</summary>
    internal ResiliencePipeline Pipeline { get; }

    /// <summary>What it runs now.</summary>
    internal ResiliencePipeline Current => Volatile.Read(ref _current);

    /// <summary>Goes on with other options; calls under way finish with those they began with.</summary>
    internal void Rebuild(ResiliencePolicyOptions options)
    {
        lock (_building)
        {
            var replaced = _breaker;
            Volatile.Write(ref _current, Build(options));
            // It only stops listening to the breaker, of whose transitions by hand the new one reports.
            replaced?.Dispose();
        }
    }

    // Total timeout, around retry, around the breaker, around the attempt timeout, as in the executor.
    private ResiliencePipeline Build(ResiliencePolicyOptions options)
    {
        // A host with Polly's own telemetry package has registered a builder that carries it.
        var builder = _createBuilder() ?? new ResiliencePipelineBuilder();
        builder.Name = _name;
        builder.TimeProvider = _timeProvider;
        if (options.TotalTimeout is { } total)
            AddTimeout(builder.AddCallerToken(), total);

        var settings = new RetryStrategySettings(_name, options.Retry.Copy(), options.TotalTimeout, options.RetryOpenCircuit);
        var judge = new OutcomeJudge(_classifier, outcomes: null);
        var retries = new RetryJudge(_name, _classifier, _executor.CircuitBreaker, _executor.Budget, DefaultRandomness.Source);
        builder.AddPolicyRetry(settings, judge, retries, _executor.Budget);
        if (_executor.CircuitBreaker is { } breaker)
            builder.AddPolicyBreaker(breaker, judge, strategy => _breaker = strategy);
        if (options.AttemptTimeout is { } attempt)
            AddTimeout(builder, attempt);
        return builder.Build();
    }

    // Through the generator: Polly's fixed timeout starts at 10 ms and ends at a day, ours does not.
    private static void AddTimeout(ResiliencePipelineBuilder builder, TimeSpan timeout) =>
        builder.AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = _ => new ValueTask<TimeSpan>(timeout) });
}
