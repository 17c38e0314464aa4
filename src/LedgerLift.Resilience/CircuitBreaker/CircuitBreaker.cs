using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Resilience;

/// <summary>
/// A circuit breaker on consecutive failures: opens after <see cref="CircuitBreakerOptions.FailureThreshold"/> of them, admits probes after
/// <see cref="CircuitBreakerOptions.RecoveryTimeout"/>, closes after <see cref="CircuitBreakerOptions.SuccessThreshold"/> successful probes.
/// </summary>
/// <remarks>
/// <para>
/// Thread-safe and lock-free: every change of state is one compare-and-swap. A call through a closed circuit that succeeds reads twice and writes
/// nothing. There is no timer, task or finalizer and nothing to dispose. Time is the monotonic clock of the <see cref="TimeProvider"/>: a step of the
/// wall clock changes nothing.
/// </para>
/// <para>
/// A result counts only in the period in which its call was admitted; a later one is dropped and counted in
/// <see cref="BreakerSnapshot.StaleResults"/>. Use one breaker for one dependency that fails as a whole.
/// </para>
/// </remarks>
[SuppressMessage("Naming", "CA1724", Justification = "The field's standard term, and another namespace than Polly's.")]
public sealed class CircuitBreaker
{
    private static readonly CircuitBreakerOptionsValidator Validator = new();

    private readonly TimeProvider _timeProvider;
    private readonly TransitionFeed _feed = new();
    private BreakerNode _node = BreakerNode.Initial;
    private volatile BreakerSettings _settings;
    private long _rejections;
    private long _staleResults;

    /// <summary>Creates a closed breaker.</summary>
    /// <param name="name">The name under which it reports; not blank, and from a small set: it becomes a metric attribute.</param>
    /// <param name="options">The settings, copied; <see langword="null"/> for the defaults.</param>
    /// <param name="timeProvider">The clock; <see langword="null"/> for the system's.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank, or an option is out of range; the message names every fault.</exception>
    public CircuitBreaker(string name, CircuitBreakerOptions? options = null, TimeProvider? timeProvider = null)
        : this(name, name, options, timeProvider) { }

    internal CircuitBreaker(string name, string metricName, CircuitBreakerOptions? options, TimeProvider? timeProvider)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        MetricName = metricName;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _settings = Validated(options ?? new CircuitBreakerOptions());
        BreakerMetrics.Watch(this);
    }

    /// <summary>The name given at construction.</summary>
    public string Name { get; }

    /// <summary>The state at this moment. Reading it changes nothing: an open circuit whose recovery time is over still reads as open.</summary>
    public BreakerState State => Current.State;

    /// <summary>The name in metrics; breakers of one policy that are told apart by a key share it.</summary>
    internal string MetricName { get; }

    /// <summary>Runs before each compare-and-swap; lets a test interleave other calls exactly there.</summary>
    internal Action? BeforeSwap { get; set; }

    /// <summary>Whether nobody would miss this breaker: closed, without a failure counted.</summary>
    internal bool IsPristine => Current is { State: BreakerState.Closed, Failures: 0 };

    private BreakerNode Current => Volatile.Read(ref _node);

    /// <summary>Takes the breaker's state and counters at this moment.</summary>
    /// <returns>An immutable snapshot.</returns>
    public BreakerSnapshot GetSnapshot()
    {
        var node = Read(out var now);
        return new BreakerSnapshot(
            Name,
            node.State,
            node.Failures,
            node.ProbeSuccesses,
            BreakerRules.Held(node, now),
            RetryAfter(node, now),
            node.Sequence,
            Volatile.Read(ref _rejections),
            Volatile.Read(ref _staleResults),
            node.LastFailure
        );
    }

    /// <summary>Asks to make a call.</summary>
    /// <param name="permit">When admitted, what the outcome must be reported to, once.</param>
    /// <returns><see langword="true"/> when the call may be made; <see langword="false"/> when it is refused.</returns>
    public bool TryEnter(out BreakerPermit permit) => TryEnter(out permit, out _);

    /// <summary>Asks to make a call, and is told why when it is refused. Allocates nothing.</summary>
    /// <param name="permit">When admitted, what the outcome must be reported to, once.</param>
    /// <param name="rejection">When refused, why and for how long; in shadow mode, also for a call that was let through but would have been refused.</param>
    /// <returns><see langword="true"/> when the call may be made; <see langword="false"/> when it is refused.</returns>
    public bool TryEnter(out BreakerPermit permit, out BreakerRejection rejection)
    {
        if (TryAdmit(out var ticket, out rejection))
        {
            permit = new BreakerPermit(PermitToken.Rent(this, ticket), ticket.Probe != 0);
            return true;
        }

        permit = default;
        return false;
    }

    /// <summary>Refuses every call until <see cref="Close"/> or <see cref="Trip"/>; results of calls under way are dropped.</summary>
    public void Isolate() => Change(static (node, _, _, _) => BreakerRules.Isolate(node), cause: null);

    /// <summary>Closes the circuit from any state, with no failure counted; while closed, sets the count to zero.</summary>
    public void Close() => Change(static (node, _, _, _) => BreakerRules.Close(node), cause: null);

    /// <summary>
    /// Opens the circuit from any state for a full recovery time. While it is open already, the recovery time begins anew and no transition is
    /// reported.
    /// </summary>
    /// <param name="cause">What rejected callers are told as the cause; may be <see langword="null"/>.</param>
    public void Trip(Exception? cause = null) => Change(BreakerRules.Trip, cause);

    /// <summary>
    /// Calls <paramref name="observer"/> for every transition from now on, in order and without a gap, outside every lock and on a thread that caused
    /// a transition. It may call this breaker; what it throws is swallowed and disturbs nobody. While one observer blocks, no transition is
    /// delivered, but the state goes on.
    /// </summary>
    /// <param name="observer">What to call.</param>
    /// <returns>Ends the subscription when disposed; may be ignored to observe for the breaker's life.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="observer"/> is <see langword="null"/>.</exception>
    public IDisposable Subscribe(Action<BreakerTransition> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return _feed.Subscribe(observer, Current.Sequence);
    }

    /// <summary>Goes on with other settings; the state and its counts stay. An opening under way keeps its length.</summary>
    internal void Update(CircuitBreakerOptions options) => _settings = Validated(options);

    /// <summary>The admission that everything else is built on; a ticket must be reported to exactly one of Succeed, Fail and Release.</summary>
    internal bool TryAdmit(out BreakerTicket ticket, out BreakerRejection rejection)
    {
        rejection = default;
        return TryEnterClosed(out ticket) || TryEnterAsProbe(out ticket, out rejection);
    }

    /// <summary>Admits a call while the circuit is closed; the path that costs one read.</summary>
    internal bool TryEnterClosed(out BreakerTicket ticket)
    {
        var node = Current;
        ticket = new BreakerTicket(node.Sequence, 0);
        return node.State == BreakerState.Closed;
    }

    /// <summary>Reports a success; <see langword="true"/> when this very report closed the circuit.</summary>
    internal bool Succeed(BreakerTicket ticket)
    {
        var node = Current;
        return (node.Sequence != ticket.Period || node.Failures != 0 || ticket.Probe != 0)
            && Settle(ticket, static (node, ticket, settings, _, _) => BreakerRules.Succeed(node, ticket, settings), cause: null);
    }

    /// <summary>Reports a failure; <see langword="true"/> when this very report opened the circuit.</summary>
    internal bool Fail(BreakerTicket ticket, Exception? cause) =>
        Settle(ticket, static (node, _, settings, now, cause) => BreakerRules.Fail(node, settings, now, cause), cause);

    internal void Release(BreakerTicket ticket)
    {
        if (ticket.Probe != 0)
        {
            Settle(ticket, static (node, ticket, _, _, _) => BreakerRules.Release(node, ticket), cause: null, counts: false);
        }
    }

    private bool TryEnterAsProbe(out BreakerTicket ticket, out BreakerRejection rejection)
    {
        while (true)
        {
            var settings = _settings;
            var node = Read(out var now);
            var next = BreakerRules.Admit(node, settings, now);
            if (node.State != BreakerState.Closed && ReferenceEquals(next, node))
            {
                rejection = new BreakerRejection(node.State, RetryAfter(node, now), node.Cause);
                ticket = BreakerTicket.Bystander;
                Interlocked.Increment(ref _rejections);
                BreakerMetrics.Rejected(MetricName);
                return settings.Mode == BreakerMode.Shadow;
            }

            if (TryReplace(node, next))
            {
                rejection = default;
                ticket = new BreakerTicket(next.Sequence, next.LastProbe);
                return true;
            }
        }
    }

    /// <summary>Lets a report take effect; <see langword="true"/> when it changed the state.</summary>
    private bool Settle(
        BreakerTicket ticket,
        Func<BreakerNode, BreakerTicket, BreakerSettings, long, Exception?, BreakerNode> rule,
        Exception? cause,
        bool counts = true
    )
    {
        if (ticket == BreakerTicket.Bystander)
        {
            return false;
        }

        while (true)
        {
            var node = Read(out var now);
            if (node.Sequence != ticket.Period || (ticket.Probe != 0 && !BreakerRules.HoldsPlace(node, ticket, now)))
            {
                DropLate(counts);
                return false;
            }

            var next = rule(node, ticket, _settings, now, cause);
            if (TryReplace(node, next))
            {
                return next.Sequence != node.Sequence;
            }
        }
    }

    private void DropLate(bool counts)
    {
        if (counts)
        {
            Interlocked.Increment(ref _staleResults);
            BreakerMetrics.Stale(MetricName);
        }
    }

    private void Change(Func<BreakerNode, BreakerSettings, long, Exception?, BreakerNode> rule, Exception? cause)
    {
        BreakerNode node;
        long now;
        do
        {
            node = Read(out now);
        } while (!TryReplace(node, rule(node, _settings, now, cause)));
    }

    /// <summary>
    /// The node first and the clock after it, anew for each attempt: a swap that succeeds has seen no other in between, so the times of successive
    /// nodes never run backwards, and a thread that was held up does not shorten what another has begun since.
    /// </summary>
    private BreakerNode Read(out long now)
    {
        var node = Current;
        now = _timeProvider.GetTimestamp();
        return node;
    }

    /// <summary>
    /// The one place where the state changes. The winner of the swap publishes the transition, so each is published exactly once. Two nodes can be
    /// equal in content and yet different objects; only the very object read may be replaced, so no change in between goes unseen.
    /// </summary>
    private bool TryReplace(BreakerNode node, BreakerNode next)
    {
        BeforeSwap?.Invoke();
        if (!ReferenceEquals(Interlocked.CompareExchange(ref _node, next, node), node))
        {
            return false;
        }

        if (next.Sequence != node.Sequence)
        {
            var cause = next.State == BreakerState.Open ? next.Cause : null;
            var transition = new BreakerTransition(Name, next.Sequence, node.State, next.State, next.Reason, cause);
            BreakerMetrics.Moved(MetricName, transition);
            _feed.Publish(transition);
        }

        return true;
    }

    private TimeSpan? RetryAfter(BreakerNode node, long now) =>
        node.State switch
        {
            BreakerState.Open => _settings.ToDuration(node.RecoverAt - now),
            BreakerState.HalfOpen => TimeSpan.Zero,
            _ => null,
        };

    private BreakerSettings Validated(CircuitBreakerOptions options)
    {
        OptionsGuard.ThrowIfInvalid(Validator, options, nameof(options));
        return new BreakerSettings(options, _timeProvider);
    }
}
