using LedgerLift.Testing;

namespace LedgerLift.Auth.Contract;

/// <summary>A clock that stands still until a test moves it, and starts at the real time in whole milliseconds: servers expire keys by their own clock.</summary>
/// <remarks>Timeouts run on real time: a store under test talks to a real server.</remarks>
public sealed class ContractClock : TimeProvider
{
    private readonly ManualTimeProvider _wall;

    public ContractClock()
    {
        var now = System.GetUtcNow();
        Start = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        _wall = new ManualTimeProvider(Start);
    }

    /// <summary>Where it started.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>Moves on.</summary>
    public void Advance(TimeSpan by) => _wall.Advance(by);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _wall.GetUtcNow();
}
