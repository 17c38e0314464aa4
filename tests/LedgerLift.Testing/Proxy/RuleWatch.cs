namespace LedgerLift.Testing;

/// <summary>All rules of a direction, followed through one connection. Not thread-safe: the pump that delivers owns it.</summary>
internal sealed class RuleWatch
{
    private IReadOnlyList<FaultRule> _rules = [];
    private Dictionary<FaultRule, (RuleTracker Tracker, int? Match)> _states = [];

    /// <summary>Whether there is anything to watch for.</summary>
    public bool IsEmpty => _rules.Count == 0;

    /// <summary>Begins a chunk under the rules as they stand now; a rule new since the last chunk counts from here.</summary>
    public void Begin(ReadOnlySpan<byte> chunk, IReadOnlyList<FaultRule> rules)
    {
        if (!ReferenceEquals(rules, _rules))
        {
            _states = rules.ToDictionary(
                rule => rule,
                rule => _states.TryGetValue(rule, out var state) ? state : (rule.NewTracker(), null)
            );
            _rules = rules;
        }

        foreach (var rule in _rules)
        {
            var tracker = _states[rule].Tracker;
            tracker.NextChunk();
            _states[rule] = (tracker, tracker.Find(chunk));
        }
    }

    /// <summary>The next position in the chunk at which rules match, and those rules; null when there is none.</summary>
    public (int At, IReadOnlyList<FaultRule> Rules)? Next(ReadOnlySpan<byte> chunk)
    {
        if (_states.Values.Min(state => state.Match) is not { } at)
            return null;
        var matching = _rules.Where(rule => _states[rule].Match == at).ToList();
        foreach (var rule in matching)
        {
            var tracker = _states[rule].Tracker;
            _states[rule] = (tracker, tracker.Find(chunk));
        }

        return (at, matching);
    }
}
