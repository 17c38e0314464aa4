using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LedgerLift.Resilience;

/// <summary>
/// Runs operations under one policy: total timeout, around retry, around the circuit breaker, around the attempt timeout; each attempt is one call of
/// the breaker.
/// </summary>
/// <remarks>
/// <para>Thread-safe; one executor serves all callers of a dependency. Nothing to dispose.</para>
/// <para>
/// What is retried: <see cref="FailureDisposition.NotExecuted"/> and <see cref="FailureDisposition.Throttled"/> always;
/// <see cref="FailureDisposition.Ambiguous"/> only when the operation is <see cref="OperationSafety.Idempotent"/>; the others never. An open circuit
/// ends the call at once with the real failure, or with a <see cref="CircuitOpenException"/> when nothing was tried, unless
/// <see cref="ResiliencePolicyOptions.RetryOpenCircuit"/> is set and the wait fits the total timeout. A wait that could not end before the total
/// timeout is not begun.
/// </para>
/// <para>
/// The last failure is rethrown itself, the same object, with the attempts in <see cref="Exception.Data"/> under
/// <see cref="RetryAttempt.ExceptionDataKey"/>. Timeouts are cooperative: the operation is given a token and must observe it. An attempt that ran out
/// of time fails with a <see cref="TimeoutException"/>; so does the call when the total timeout ends during an attempt, with the last failure inside.
/// The caller's own cancellation comes back as an <see cref="OperationCanceledException"/> with the caller's token, moves no breaker and is never
/// retried.
/// </para>
/// <para>A call that completes at once allocates nothing; one that is suspended, nothing beyond what the operation itself does.</para>
/// </remarks>
public sealed class ResilienceExecutor
{
    private readonly AttemptJudge _judge;
    private readonly RetryLoop _loop;
    private readonly TimeProvider _timeProvider;
    private volatile ExecutionPlan _plan;

    /// <summary>Creates an executor with a breaker and a budget of its own, as the options say.</summary>
    /// <param name="name">The policy's name, used in metrics and as the breaker's name; not blank, and from a small set.</param>
    /// <param name="options">The policy, copied; <see langword="null"/> for the defaults.</param>
    /// <param name="classifier">What failures mean; <see langword="null"/> for <see cref="DefaultFailureClassifier"/>.</param>
    /// <param name="timeProvider">The clock of delays, timeouts, breaker and budget; <see langword="null"/> for the system's.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank, or an option is out of range; the message names every fault.</exception>
    public ResilienceExecutor(
        string name,
        ResiliencePolicyOptions? options = null,
        IFailureClassifier? classifier = null,
        TimeProvider? timeProvider = null
    )
        : this(name, Checked(options ?? new ResiliencePolicyOptions()), classifier, timeProvider, breaker: null, budget: null) { }

    /// <summary>Creates an executor that shares breaker and budget with others: one dependency, called under several limits of time.</summary>
    /// <param name="name">The policy's name, used in metrics; not blank, and from a small set.</param>
    /// <param name="options">The policy, copied; of <see cref="ResiliencePolicyOptions.CircuitBreaker"/> and <see cref="ResiliencePolicyOptions.Budget"/> nothing is made.</param>
    /// <param name="classifier">What failures mean.</param>
    /// <param name="timeProvider">The clock of delays and timeouts.</param>
    /// <param name="sharedWith">Whose breaker and budget are used.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank, or an option is out of range; the message names every fault.</exception>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public ResilienceExecutor(
        string name,
        ResiliencePolicyOptions options,
        IFailureClassifier classifier,
        TimeProvider timeProvider,
        ResilienceExecutor sharedWith
    )
        : this(
            name,
            WithoutOwn(Checked(options ?? throw new ArgumentNullException(nameof(options)))),
            classifier ?? throw new ArgumentNullException(nameof(classifier)),
            timeProvider ?? throw new ArgumentNullException(nameof(timeProvider)),
            (sharedWith ?? throw new ArgumentNullException(nameof(sharedWith))).CircuitBreaker,
            sharedWith.Budget
        ) { }

    internal ResilienceExecutor(
        string name,
        ResiliencePolicyOptions options,
        IFailureClassifier? classifier,
        TimeProvider? timeProvider,
        CircuitBreaker? breaker,
        RetryBudget? budget,
        Func<double>? random = null
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _timeProvider = timeProvider ?? TimeProvider.System;
        CircuitBreaker = breaker ?? (options.CircuitBreaker is { } circuit ? new CircuitBreaker(name, circuit, _timeProvider) : null);
        Budget = budget ?? (options.Budget is { } limits ? new RetryBudget(limits, _timeProvider) : null);
        if (Budget is not null)
        {
            RetryMetrics.Watch(name, Budget);
        }

        _plan = new ExecutionPlan(options);
        var guarded = new GuardedClassifier(classifier ?? DefaultFailureClassifier.Instance);
        _judge = new AttemptJudge(guarded, CircuitBreaker);
        var retries = new RetryJudge(name, guarded, CircuitBreaker, Budget, random ?? DefaultRandomness.Source);
        _loop = new RetryLoop(name, this, retries, _timeProvider);
    }

    /// <summary>The breaker that every attempt passes, or <see langword="null"/> when the policy has none.</summary>
    public CircuitBreaker? CircuitBreaker { get; }

    /// <summary>The budget that every retry is taken from, or <see langword="null"/> when the policy has none.</summary>
    public RetryBudget? Budget { get; }

    /// <summary>Runs an operation that takes a state, so that the delegate need not capture anything and can be static.</summary>
    /// <typeparam name="TState">What the operation takes.</typeparam>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <param name="safety">Whether running the operation twice does the same as running it once.</param>
    /// <param name="state">Handed to every attempt.</param>
    /// <param name="operation">One attempt. Must observe the token it is given, which is the caller's own or one that also ends with a timeout.</param>
    /// <param name="cancellationToken">Ends the call promptly, also during a wait.</param>
    /// <param name="outcomes">
    /// Tells bad results from good ones; <see langword="null"/>: every result is good. A bad result that is retried is disposed, once, when it is
    /// disposable; the last one is returned. What the classifier throws is swallowed, and the result taken for good.
    /// </param>
    /// <returns>The first good result, or the last bad one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="operation"/> is <see langword="null"/>.</exception>
    /// <exception cref="CircuitOpenException">The circuit refused the call.</exception>
    /// <exception cref="TimeoutException">An attempt, or the whole call, ran out of time.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    [SuppressMessage("Design", "CA1068", Justification = "What few callers need comes behind what all of them pass.")]
    [SuppressMessage("Usage", "VSTHRD103", Justification = "The task has completed.")]
    public ValueTask<T> ExecuteAsync<TState, T>(
        OperationSafety safety,
        TState state,
        Func<TState, CancellationToken, ValueTask<T>> operation,
        CancellationToken cancellationToken = default,
        IOutcomeClassifier<T>? outcomes = null
    )
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<T>(cancellationToken);
        }

        Budget?.RecordRequest();
        var plan = _plan;
        var ticket = default(BreakerTicket);
        if (plan.HasTimeout || outcomes is not null || CircuitBreaker?.TryEnterClosed(out ticket) == false)
        {
            var started = plan.TotalTimeout is null ? 0 : _timeProvider.GetTimestamp();
            return StartAsync(plan, new OperationCall<TState, T>(safety, state, operation, outcomes, started, cancellationToken));
        }

        // From here on the common case, a good result at once, reads the breaker twice and writes nothing.
        var pending = InvokeAsync(operation, state, cancellationToken);
        if (pending.IsCompletedSuccessfully)
        {
            var result = pending.Result;
            CircuitBreaker?.Succeed(ticket);
            return new ValueTask<T>(result);
        }

        var call = new OperationCall<TState, T>(safety, state, operation, outcomes, Started: 0, cancellationToken);
        return FinishAsync(plan, call, ticket, limit: null, pending);
    }

    /// <summary>Runs an operation.</summary>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <inheritdoc cref="ExecuteAsync{TState, T}"/>
    public ValueTask<T> ExecuteAsync<T>(
        OperationSafety safety,
        Func<CancellationToken, ValueTask<T>> operation,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(operation);
        return ExecuteAsync(safety, operation, static (operation, token) => operation(token), cancellationToken);
    }

    /// <summary>Runs an operation that returns nothing.</summary>
    /// <returns>A task that ends when an attempt has succeeded.</returns>
    /// <inheritdoc cref="ExecuteAsync{TState, T}"/>
    public ValueTask ExecuteAsync(
        OperationSafety safety,
        Func<CancellationToken, ValueTask> operation,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(operation);
        return WithoutResult.FromNothingAsync(
            ExecuteAsync(safety, operation, static (operation, token) => WithoutResult.ToNothingAsync(operation(token)), cancellationToken)
        );
    }

    /// <summary>Goes on with other retry settings and timeouts; calls under way finish with those they began with.</summary>
    internal void Update(ResiliencePolicyOptions options)
    {
        if (options.CircuitBreaker is { } circuit)
        {
            CircuitBreaker?.Update(circuit);
        }

        _plan = new ExecutionPlan(options);
    }

    private static ResiliencePolicyOptions WithoutOwn(ResiliencePolicyOptions options) =>
        new()
        {
            CircuitBreaker = null,
            Budget = null,
            Retry = options.Retry,
            AttemptTimeout = options.AttemptTimeout,
            TotalTimeout = options.TotalTimeout,
            RetryOpenCircuit = options.RetryOpenCircuit,
        };

    private static ResiliencePolicyOptions Checked(ResiliencePolicyOptions options)
    {
        OptionsGuard.ThrowIfInvalid(ResiliencePolicyOptionsValidator.Instance, options, nameof(options));
        return options;
    }

    /// <summary>A further attempt, from the breaker's admission to the judgement.</summary>
    internal async ValueTask<AttemptEnd<T>> RunAttemptAsync<TState, T>(ExecutionPlan plan, OperationCall<TState, T> call)
    {
        if (!TryEnter(out var ticket, out var refused))
        {
            return _judge.Refused<T>(refused, call.Token);
        }

        var left = plan.TotalTimeout is { } total ? total - _timeProvider.GetElapsedTime(call.Started) : TimeSpan.MaxValue;
        var limit = StartLimit(plan, left, call.Token);
        return await _judge
            .AwaitAsync(call, ticket, limit, InvokeAsync(call.Operation, call.State, limit?.Token ?? call.Token))
            .ConfigureAwait(false);
    }

    /// <summary>The first attempt in the cases that need more than the closed circuit's fast path.</summary>
    [SuppressMessage("Usage", "VSTHRD103", Justification = "The task has completed.")]
    private ValueTask<T> StartAsync<TState, T>(ExecutionPlan plan, in OperationCall<TState, T> call)
    {
        if (!TryEnter(out var ticket, out var refused))
        {
            return _loop.RecoverAsync(plan, call, _judge.Refused<T>(refused, call.Token));
        }

        var limit = StartLimit(plan, plan.TotalTimeout ?? TimeSpan.MaxValue, call.Token);
        var pending = InvokeAsync(call.Operation, call.State, limit?.Token ?? call.Token);
        if (!pending.IsCompletedSuccessfully || call.Outcomes is not null)
        {
            return FinishAsync(plan, call, ticket, limit, pending);
        }

        var result = pending.Result;
        limit?.End();
        CircuitBreaker?.Succeed(ticket);
        return new ValueTask<T>(result);
    }

    // One state machine, not two: it does itself what AttemptJudge.AwaitAsync does for further attempts.
    [SuppressMessage("Design", "CA1031", Justification = "Every failure is judged; the caller gets it back in the end.")]
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> FinishAsync<TState, T>(
        ExecutionPlan plan,
        OperationCall<TState, T> call,
        BreakerTicket ticket,
        TimeLimit? limit,
        ValueTask<T> pending
    )
    {
        var result = default(T)!;
        Exception? failure = null;
        try
        {
            result = await pending.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        var end = failure is null ? _judge.End(call, ticket, limit, result) : _judge.EndBadly(call, ticket, limit, failure);
        return end.Disposition is null ? end.Result : await _loop.RecoverAsync(plan, call, end).ConfigureAwait(false);
    }

    private bool TryEnter(out BreakerTicket ticket, out CircuitOpenException? refused)
    {
        refused = null;
        ticket = default;
        if (CircuitBreaker is null || CircuitBreaker.TryAdmit(out ticket, out var rejection))
        {
            return true;
        }

        refused = CircuitOpenException.From(CircuitBreaker.Name, rejection);
        return false;
    }

    private TimeLimit? StartLimit(ExecutionPlan plan, TimeSpan left, CancellationToken caller)
    {
        if (!plan.HasTimeout)
        {
            return null;
        }

        var isTotal = plan.AttemptTimeout is not { } attempt || left < attempt;
        var time = isTotal ? left : plan.AttemptTimeout!.Value;
        return TimeLimit.Start(time > TimeSpan.Zero ? time : TimeSpan.Zero, isTotal, _timeProvider, caller);
    }

    // A delegate may throw before it returns a task; from here on there is one kind of failure.
    [SuppressMessage("Design", "CA1031", Justification = "Every failure is judged later; the caller gets it back in the end.")]
    private static ValueTask<T> InvokeAsync<TState, T>(
        Func<TState, CancellationToken, ValueTask<T>> operation,
        TState state,
        CancellationToken token
    )
    {
        try
        {
            return operation(state, token);
        }
        catch (Exception failure)
        {
            return ValueTask.FromException<T>(failure);
        }
    }
}
