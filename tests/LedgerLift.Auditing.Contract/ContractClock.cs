using LedgerLift.Testing;

namespace LedgerLift.Auditing.Contract;

/// <summary>A clock that stands still until a test moves it, and starts at the real time, a tick past a whole microsecond: stores have tables for the months around now.</summary>
/// <remarks>Timeouts run on real time: a store under test may talk to a real server.</remarks>
public sealed class ContractClock : TimeProvider
{
    private readonly ManualTimeProvider _wall;

    public ContractClock()
    {
        var now = System.GetUtcNow();
        Start = now.AddTicks(1 - (now.Ticks % TimeSpan.TicksPerMicrosecond));
        _wall = new ManualTimeProvider(Start);
    }

    /// <summary>Where it started.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>Moves on.</summary>
    public void Advance(TimeSpan by) => _wall.Advance(by);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _wall.GetUtcNow();
}
