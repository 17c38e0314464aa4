namespace LedgerLift.Testing;

/// <summary>A rule set on one direction of a <see cref="TcpFaultProxy"/>: it watches what passes and makes its fault. Dispose takes it back.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class FaultRule : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Pulse _pulse = new();
    private readonly List<ProxyConnection> _firedOn = [];
    private readonly FaultSchedule _schedule;
    private readonly Action<FaultRule> _remove;
    private readonly string _name;
    private int _matches;
    private int _decided;

    internal FaultRule(string name, Fault fault, FaultSchedule? schedule, Func<RuleTracker> newTracker, Action<FaultRule> remove)
    {
        _name = name;
        _schedule = FaultSchedule.Checked(schedule);
        _remove = remove;
        Fault = fault;
        NewTracker = newTracker;
    }

    /// <summary>What it does.</summary>
    public Fault Fault { get; }

    /// <summary>How often what it watches for has passed, fault or not.</summary>
    public int Matches => Volatile.Read(ref _matches);

    /// <summary>How often its fault has been made.</summary>
    public int Fired => FiredOn.Count;

    /// <summary>The connections that had the fault, in order.</summary>
    public IReadOnlyList<ProxyConnection> FiredOn
    {
        get
        {
            lock (_lock)
                return [.. _firedOn];
        }
    }

    internal Func<RuleTracker> NewTracker { get; }

    /// <summary>The reply to what this rule watches for is withheld, and the fault is made only when it has arrived at the proxy.</summary>
    internal bool DropsReply { get; init; }

    /// <summary>Which bytes of the reply must have arrived before the fault; empty: any.</summary>
    internal byte[] ReplyUntil { get; init; } = [];

    /// <summary>Completes when the fault has been made <paramref name="count"/> times: the peers have what was delivered before, and the fault.</summary>
    /// <returns>The connection that had the fault of that number.</returns>
    /// <exception cref="TimeoutException">Not within <paramref name="timeout"/> (null: 10 seconds).</exception>
    public async Task<ProxyConnection> WaitAsync(int count = 1, TimeSpan? timeout = null)
    {
        var limit = timeout ?? TimeSpan.FromSeconds(10);
        await _pulse.UntilAsync(
            () => Fired >= count,
            limit,
            () => $"{_name}: fired {Fired} of {count} times in {limit}, {Matches} match(es)."
        );
        return FiredOn[count - 1];
    }

    /// <summary>The rule watches no more; what it did stays done.</summary>
    public void Dispose() => _remove(this);

    /// <summary>Counts a match and says whether it makes the fault.</summary>
    internal bool Decide()
    {
        lock (_lock)
        {
            if (++_matches < _schedule.FromOccurrence || _decided >= _schedule.Times || !_schedule.Draw())
                return false;
            _decided++;
            return true;
        }
    }

    internal void MarkFired(ProxyConnection connection)
    {
        lock (_lock)
            _firedOn.Add(connection);
        _pulse.Beat();
    }
}
