namespace LedgerLift.Testing;

/// <summary>How a direction is set at one moment.</summary>
/// <param name="Mode">What a new connection begins with.</param>
/// <param name="Delay">How much later each piece is delivered than it arrived; null: at once.</param>
/// <param name="BytesPerSecond">The most one connection may deliver; null: no limit.</param>
/// <param name="Rules">The rules, in the order they were set.</param>
internal sealed record LaneSettings(FlowMode Mode, Func<TimeSpan>? Delay, long? BytesPerSecond, IReadOnlyList<FaultRule> Rules);
