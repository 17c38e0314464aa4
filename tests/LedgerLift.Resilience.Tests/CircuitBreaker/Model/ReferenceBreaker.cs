namespace LedgerLift.Resilience.Tests;

/// <summary>
/// The breaker as its requirements tell it, with a lock and lists and nothing clever: what the real one is compared with. It knows no numbers of
/// periods; a call is in the list of those that count or in the list of those that come too late. The time is set from outside.
/// </summary>
internal sealed class ReferenceBreaker(string name, CircuitBreakerOptions options) : IBreakerSubject
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, TimeSpan> _counting = []; // calls whose result counts, with the time at which it no longer does
    private readonly HashSet<int> _late = []; // calls whose state has ended
    private readonly List<BreakerTransition> _log = [];
    private CircuitBreakerOptions _options = options;
    private int _failures;
    private int _successes;
    private int _openings;
    private TimeSpan _openUntil;
    private Exception? _cause;
    private Exception? _lastFailure;
    private long _rejections;
    private long _lateResults;

    public TimeSpan Now { get; set; }

    public BreakerState State { get; private set; }

    public IReadOnlyList<BreakerTransition> Log => _log;

    /// <summary>The moments to come at which something changes by time alone.</summary>
    public IEnumerable<TimeSpan> Deadlines =>
        _counting
            .Values.Append(State == BreakerState.Open ? _openUntil : TimeSpan.MaxValue)
            .Where(at => at > Now && at < TimeSpan.MaxValue);

    private IEnumerable<int> Probing =>
        State == BreakerState.HalfOpen ? _counting.Where(call => Now < call.Value).Select(call => call.Key) : [];

    private TimeSpan? RetryAfter =>
        State == BreakerState.Open ? TimeSpan.FromTicks(Math.Max(0, (_openUntil - Now).Ticks))
        : State == BreakerState.HalfOpen ? TimeSpan.Zero
        : null;

    public BreakerAdmission Enter(int key)
    {
        lock (_gate)
        {
            if (State == BreakerState.Open && Now >= _openUntil)
                Move(BreakerState.HalfOpen, "recovery_elapsed", _cause);
            if (State == BreakerState.Closed)
                return Admit(key, isProbe: false, TimeSpan.MaxValue);
            if (State == BreakerState.HalfOpen && Probing.Count() < _options.MaxConcurrentProbes)
                return Admit(key, isProbe: true, Now + (_options.ProbeLease ?? _options.RecoveryTimeout));
            _rejections++;
            return new(_options.Mode == BreakerMode.Shadow, IsProbe: false, new BreakerRejection(State, RetryAfter, _cause));
        }
    }

    public void Complete(int key, BreakerReport report, Exception? cause)
    {
        lock (_gate)
        {
            var late = _late.Remove(key);
            if (_counting.Remove(key, out var until))
                late = Now >= until;
            else if (!late)
                return; // refused, completed before, or let through by shadow mode
            if (report == BreakerReport.Ignore)
                return;
            if (late)
                _lateResults++;
            else if (report == BreakerReport.Success)
                Succeed();
            else
                Fail(cause);
        }
    }

    public void Isolate()
    {
        lock (_gate)
        {
            if (State != BreakerState.Isolated)
                Move(BreakerState.Isolated, "manual", cause: null);
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _failures = 0;
            if (State != BreakerState.Closed)
                Move(BreakerState.Closed, "manual", cause: null);
        }
    }

    public void Trip(Exception? cause)
    {
        lock (_gate)
        {
            _lastFailure = cause ?? _lastFailure;
            if (State != BreakerState.Open)
                Open("manual", cause);
            else
                (_cause, _openUntil) = (cause ?? _cause, Now + Length(_openings - 1));
        }
    }

    public void Update(CircuitBreakerOptions options)
    {
        lock (_gate)
            _options = options;
    }

    public BreakerSnapshot Snapshot()
    {
        lock (_gate)
            return new(
                name,
                State,
                _failures,
                _successes,
                Probing.Count(),
                RetryAfter,
                _log.Count,
                _rejections,
                _lateResults,
                _lastFailure
            );
    }

    public ReferenceBreaker Copy()
    {
        var copy = new ReferenceBreaker(name, _options) { Now = Now, State = State };
        foreach (var (key, until) in _counting)
            copy._counting.Add(key, until);
        copy._late.UnionWith(_late);
        copy._log.AddRange(_log);
        (copy._failures, copy._successes, copy._openings, copy._openUntil) = (_failures, _successes, _openings, _openUntil);
        (copy._cause, copy._lastFailure, copy._rejections, copy._lateResults) = (_cause, _lastFailure, _rejections, _lateResults);
        return copy;
    }

    private BreakerAdmission Admit(int key, bool isProbe, TimeSpan until)
    {
        _counting.Add(key, until);
        return new(Admitted: true, isProbe, Rejection: default);
    }

    private void Succeed()
    {
        _failures = 0;
        if (State == BreakerState.HalfOpen && ++_successes >= _options.SuccessThreshold)
            Move(BreakerState.Closed, "recovered", cause: null);
    }

    private void Fail(Exception? cause)
    {
        _lastFailure = cause ?? _lastFailure;
        if (State == BreakerState.HalfOpen)
            Open("probe_failed", cause);
        else if (++_failures >= _options.FailureThreshold)
            Open("threshold", cause);
    }

    private void Open(string reason, Exception? cause)
    {
        Move(BreakerState.Open, reason, cause);
        _openUntil = Now + Length(_openings++);
    }

    private TimeSpan Length(int earlierOpenings)
    {
        double ticks = _options.RecoveryTimeout.Ticks;
        for (var i = 0; i < earlierOpenings && _options.RecoveryMultiplier > 1; i++)
            ticks = Math.Min(ticks * _options.RecoveryMultiplier, _options.MaxRecoveryTimeout.Ticks);
        return TimeSpan.FromTicks((long)ticks);
    }

    private void Move(BreakerState to, string reason, Exception? cause)
    {
        _log.Add(new BreakerTransition(name, _log.Count + 1, State, to, reason, to == BreakerState.Open ? cause : null));
        _late.UnionWith(_counting.Keys);
        _counting.Clear();
        (_failures, _successes, _cause, State) = (0, 0, cause, to);
        _openings = to == BreakerState.Closed ? 0 : _openings;
    }
}
