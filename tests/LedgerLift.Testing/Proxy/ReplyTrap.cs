namespace LedgerLift.Testing;

/// <summary>Waits for the reply a <see cref="ProxyLane.DropReplyTo"/> rule withholds. Not thread-safe: the pump of the reply's direction owns it.</summary>
internal sealed class ReplyTrap(FaultRule rule)
{
    private readonly PatternTracker? _until = rule.ReplyUntil.Length == 0 ? null : new PatternTracker(rule.ReplyUntil, matchBefore: false);
    private bool _sprung;

    public FaultRule Rule => rule;

    /// <summary>Takes in the next bytes of the reply, or its end (none).</summary>
    /// <returns>True once: when the reply has arrived.</returns>
    public bool Springs(ReadOnlySpan<byte> reply)
    {
        if (_sprung)
            return false;
        _until?.NextChunk();
        _sprung = reply.IsEmpty || _until is null || _until.Find(reply) is not null;
        return _sprung;
    }
}
