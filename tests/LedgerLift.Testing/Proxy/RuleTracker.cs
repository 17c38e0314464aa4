namespace LedgerLift.Testing;

/// <summary>Where one rule stands in one direction of one connection. Not thread-safe: the pump that delivers owns it.</summary>
internal abstract class RuleTracker
{
    /// <summary>
    /// The first position in the chunk, from 0 to its length, at which the rule matches: so many bytes pass before the fault. Null: the chunk holds
    /// no match and has been taken in whole. Called again for the same chunk it searches behind the last match.
    /// </summary>
    public abstract int? Find(ReadOnlySpan<byte> chunk);

    /// <summary>A new chunk begins where the last ended.</summary>
    public virtual void NextChunk() { }
}
