using System.Diagnostics.CodeAnalysis;
using Polly;

namespace LedgerLift.Resilience;

/// <summary>Adds the breaker and the retry of this package to Polly pipelines.</summary>
/// <remarks>
/// Both report Polly's own events with Polly's own argument types (<c>OnCircuitOpened</c>, <c>OnCircuitHalfOpened</c>, <c>OnCircuitClosed</c>,
/// <c>OnRetry</c>, and <c>ExecutionAttempt</c> for failed attempts), so what listens to Polly goes on working. Order: timeouts of the whole call, retry,
/// breaker, timeout of an attempt. A hung dependency opens the circuit only when a timeout stands inside the breaker: cancelled by a timeout outside, an
/// attempt looks the same as one whose caller lost interest. The pipelines of <c>AddLedgerLiftResilience</c> tell the two apart.
/// </remarks>
public static class LedgerLiftPipelineBuilderExtensions
{
    private static readonly RetryOptionsValidator RetryValidator = new();

    /// <summary>Adds a circuit breaker. The same breaker may stand in any number of pipelines of any result type, and in executors.</summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="breaker">The breaker. It is neither owned nor disposed by the pipeline.</param>
    /// <param name="classifier">What failures mean; <see langword="null"/> for <see cref="DefaultFailureClassifier"/>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="breaker"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">The builder has built a pipeline already.</exception>
    public static TBuilder AddLedgerLiftCircuitBreaker<TBuilder>(
        this TBuilder builder,
        CircuitBreaker breaker,
        IFailureClassifier? classifier = null
    )
        where TBuilder : ResiliencePipelineBuilderBase => builder.AddBreaker(breaker, classifier, outcomes: null);

    /// <summary>Adds a circuit breaker that also counts results as failures.</summary>
    /// <typeparam name="TResult">The pipeline's type of results.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="breaker">The breaker. It is neither owned nor disposed by the pipeline.</param>
    /// <param name="outcomes">Which results are failures.</param>
    /// <param name="classifier">What exceptions mean; <see langword="null"/> for <see cref="DefaultFailureClassifier"/>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="builder"/>, <paramref name="breaker"/> or <paramref name="outcomes"/> is <see langword="null"/>.
    /// </exception>
    /// <exception cref="InvalidOperationException">The builder has built a pipeline already.</exception>
    public static ResiliencePipelineBuilder<TResult> AddLedgerLiftCircuitBreaker<TResult>(
        this ResiliencePipelineBuilder<TResult> builder,
        CircuitBreaker breaker,
        IOutcomeClassifier<TResult> outcomes,
        IFailureClassifier? classifier = null
    )
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return builder.AddBreaker(breaker, classifier, outcomes);
    }

    /// <summary>
    /// Adds a retry. Mark operations that may take effect twice with <see cref="ResilienceKeys.OperationSafety"/>; those that are not marked are retried only
    /// when they provably had no effect. An open circuit inside the retry ends it.
    /// </summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The settings, copied; <see langword="null"/> for the defaults.</param>
    /// <param name="classifier">What failures mean; <see langword="null"/> for <see cref="DefaultFailureClassifier"/>.</param>
    /// <param name="budget">What retries are taken from; <see langword="null"/>: retries are not limited.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of its range; the message lists every fault.</exception>
    /// <exception cref="InvalidOperationException">The builder has built a pipeline already.</exception>
    public static TBuilder AddLedgerLiftRetry<TBuilder>(
        this TBuilder builder,
        RetryOptions? options = null,
        IFailureClassifier? classifier = null,
        RetryBudget? budget = null
    )
        where TBuilder : ResiliencePipelineBuilderBase => builder.AddRetry(options, classifier, outcomes: null, budget, totalTimeout: null);

    /// <summary>Adds a retry that knows the timeout around it: a wait that could not end before it is not begun, and the real failure is returned at once.</summary>
    /// <typeparam name="TBuilder">The builder's type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The settings, copied; <see langword="null"/> for the defaults.</param>
    /// <param name="classifier">What failures mean; <see langword="null"/> for <see cref="DefaultFailureClassifier"/>.</param>
    /// <param name="budget">What retries are taken from; <see langword="null"/>: retries are not limited.</param>
    /// <param name="totalTimeout">The timeout that was added before this retry; greater than zero.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of its range; the message lists every fault.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="totalTimeout"/> is zero or less.</exception>
    /// <exception cref="InvalidOperationException">The builder has built a pipeline already.</exception>
    public static TBuilder AddLedgerLiftRetry<TBuilder>(
        this TBuilder builder,
        RetryOptions? options,
        IFailureClassifier? classifier,
        RetryBudget? budget,
        TimeSpan totalTimeout
    )
        where TBuilder : ResiliencePipelineBuilderBase => builder.AddRetry(options, classifier, outcomes: null, budget, totalTimeout);

    /// <summary>Adds a retry that also retries results. A result that is given up for a retry is disposed, once, when it is disposable.</summary>
    /// <typeparam name="TResult">The pipeline's type of results.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="outcomes">Which results are failures.</param>
    /// <param name="options">The settings, copied; <see langword="null"/> for the defaults.</param>
    /// <param name="classifier">What exceptions mean; <see langword="null"/> for <see cref="DefaultFailureClassifier"/>.</param>
    /// <param name="budget">What retries are taken from; <see langword="null"/>: retries are not limited.</param>
    /// <param name="totalTimeout">The timeout that was added before this retry, greater than zero; <see langword="null"/>: none.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="outcomes"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of its range; the message lists every fault.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="totalTimeout"/> is zero or less.</exception>
    /// <exception cref="InvalidOperationException">The builder has built a pipeline already.</exception>
    public static ResiliencePipelineBuilder<TResult> AddLedgerLiftRetry<TResult>(
        this ResiliencePipelineBuilder<TResult> builder,
        IOutcomeClassifier<TResult> outcomes,
        RetryOptions? options = null,
        IFailureClassifier? classifier = null,
        RetryBudget? budget = null,
        TimeSpan? totalTimeout = null
    )
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return builder.AddRetry(options, classifier, outcomes, budget, totalTimeout);
    }

    /// <summary>Adds a retry with everything that only a policy of the host knows.</summary>
    internal static TBuilder AddPolicyRetry<TBuilder>(
        this TBuilder builder,
        RetryStrategySettings settings,
        OutcomeJudge judge,
        RetryJudge retries,
        RetryBudget? budget
    )
        where TBuilder : ResiliencePipelineBuilderBase =>
        builder.AddNamed(
            StrategyName.Retry,
            (context, telemetry) => new RetryStrategy(settings, judge, retries, budget, new RetryEvents(telemetry), context.TimeProvider)
        );

    /// <summary>Adds a policy's breaker, and hands over the strategy once it is built.</summary>
    internal static TBuilder AddPolicyBreaker<TBuilder>(
        this TBuilder builder,
        CircuitBreaker breaker,
        OutcomeJudge judge,
        Action<CircuitBreakerStrategy>? built = null
    )
        where TBuilder : ResiliencePipelineBuilderBase =>
        builder.AddNamed(
            StrategyName.CircuitBreaker,
            (_, telemetry) =>
            {
                var strategy = new CircuitBreakerStrategy(breaker, judge, new CircuitBreakerEvents(breaker, telemetry));
                built?.Invoke(strategy);
                return strategy;
            }
        );

    /// <summary>Adds what tells a timeout inside the pipeline from the caller's own cancellation; must stand outside every timeout.</summary>
    internal static TBuilder AddCallerToken<TBuilder>(this TBuilder builder)
        where TBuilder : ResiliencePipelineBuilderBase => builder.AddNamed(StrategyName.CallerToken, (_, _) => new CallerTokenStrategy());

    private static TBuilder AddBreaker<TBuilder>(
        this TBuilder builder,
        CircuitBreaker breaker,
        IFailureClassifier? classifier,
        object? outcomes
    )
        where TBuilder : ResiliencePipelineBuilderBase
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(breaker);
        return builder.AddPolicyBreaker(breaker, new OutcomeJudge(Guard(classifier), outcomes));
    }

    private static TBuilder AddRetry<TBuilder>(
        this TBuilder builder,
        RetryOptions? options,
        IFailureClassifier? classifier,
        object? outcomes,
        RetryBudget? budget,
        TimeSpan? totalTimeout
    )
        where TBuilder : ResiliencePipelineBuilderBase
    {
        ArgumentNullException.ThrowIfNull(builder);
        options ??= new RetryOptions();
        OptionsGuard.ThrowIfInvalid(RetryValidator, options, nameof(options));
        if (totalTimeout <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(totalTimeout), totalTimeout, "Give a time greater than zero.");
        var copy = options.Copy();
        var guarded = Guard(classifier);
        return builder.AddNamed(
            StrategyName.Retry,
            (context, telemetry) =>
            {
                var name = builder.Name ?? StrategyName.Retry;
                if (budget is not null)
                    RetryMetrics.Watch(name, budget);
                var retries = new RetryJudge(name, guarded, breaker: null, budget, DefaultRandomness.Source);
                var settings = new RetryStrategySettings(name, copy, totalTimeout);
                var judge = new OutcomeJudge(guarded, outcomes);
                return new RetryStrategy(settings, judge, retries, budget, new RetryEvents(telemetry), context.TimeProvider);
            }
        );
    }

    private static GuardedClassifier Guard(IFailureClassifier? classifier) => new(classifier ?? DefaultFailureClassifier.Instance);

    // The factory runs when the pipeline is built, so it sees the listener that the builder has by then.
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Every member of the options that Polly validates is kept.")]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(StrategyName))]
    private static TBuilder AddNamed<TBuilder>(
        this TBuilder builder,
        string name,
        Func<StrategyBuilderContext, GuardedTelemetry, ResilienceStrategy> create
    )
        where TBuilder : ResiliencePipelineBuilderBase =>
        builder.AddStrategy(
            context => create(context, new GuardedTelemetry(context.Telemetry, builder.TelemetryListener is not null)),
            new StrategyName(name)
        );
}
