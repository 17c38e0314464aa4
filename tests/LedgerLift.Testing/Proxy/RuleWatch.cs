namespace LedgerLift.Testing;

/// <summary>All rules of a direction, followed through one connection. Not thread-safe: the pump that delivers owns it.</summary>
internal sealed class RuleWatch
{
    private IReadOnlyList<FaultRule> _rules = [];
    private List<Watched> _watched = [];

    /// <summary>Begins a chunk under the rules as they stand now; a rule new since the last chunk counts from here.</summary>
    public void Begin(ReadOnlySpan<byte> chunk, IReadOnlyList<FaultRule> rules)
    {
        if (!ReferenceEquals(rules, _rules))
            _watched = [.. rules.Select(rule => _watched.Find(known => known.Rule == rule) ?? new Watched(rule))];
        _rules = rules;
        foreach (var watched in _watched)
        {
            watched.Tracker.NextChunk();
            watched.Match = watched.Tracker.Find(chunk);
        }
    }

    /// <summary>
    /// The next match: how many bytes of the chunk pass before it, and its rule; null when there is none. Of two at the same place the rule that
    /// drops a reply comes first, as it must be in force before the bytes go out, else the rule that was set first.
    /// </summary>
    public (int At, FaultRule Rule)? Next(ReadOnlySpan<byte> chunk)
    {
        var first = _watched.Where(watched => watched.Match is not null).MinBy(watched => (watched.Match, !watched.Rule.DropsReply));
        if (first is not { Match: { } at })
            return null;
        first.Match = first.Tracker.Find(chunk);
        return (at, first.Rule);
    }

    private sealed class Watched(FaultRule rule)
    {
        public FaultRule Rule => rule;

        public RuleTracker Tracker { get; } = rule.NewTracker();

        /// <summary>Where in the chunk it matches next; null: nowhere.</summary>
        public int? Match { get; set; }
    }
}
