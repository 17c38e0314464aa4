using System.Collections.Immutable;

namespace LedgerLift.Resilience;

/// <summary>
/// The whole state of a breaker, immutable. A breaker holds one reference to its present node and replaces it by compare-and-swap, so every
/// change is one atomic step from a known state, and a history of calls is always one that could have happened in sequence.
/// </summary>
internal sealed record BreakerNode
{
    internal static readonly BreakerNode Initial = new();

    internal BreakerState State { get; init; } = BreakerState.Closed;

    /// <summary>The number of transitions so far; also the identity of the present period, against which late results are told apart.</summary>
    internal long Sequence { get; init; }

    /// <summary>Closed: failures since the last success.</summary>
    internal int Failures { get; init; }

    /// <summary>Open: the monotonic time from which a probe is admitted.</summary>
    internal long RecoverAt { get; init; }

    /// <summary>Openings since the circuit was last closed; what the recovery multiplier grows by.</summary>
    internal int Openings { get; init; }

    /// <summary>Half-open: successful probes of this period.</summary>
    internal int ProbeSuccesses { get; init; }

    /// <summary>Half-open: the number of the last probe admitted.</summary>
    internal long LastProbe { get; init; }

    /// <summary>Half-open: the probes whose result is awaited.</summary>
    internal ImmutableArray<ProbeSlot> Probes { get; init; } = [];

    /// <summary>What opened the circuit; kept while open and half-open.</summary>
    internal Exception? Cause { get; init; }

    internal Exception? LastFailure { get; init; }

    /// <summary>Why this state began; see <see cref="BreakerTransition.Reason"/>.</summary>
    internal string Reason { get; init; } = string.Empty;
}
