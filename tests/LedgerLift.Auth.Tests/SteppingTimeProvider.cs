using LedgerLift.Testing;

namespace LedgerLift.Auth.Tests;

/// <summary>A clock whose timestamp moves on by a step at each look, while its wall stands still.</summary>
internal sealed class SteppingTimeProvider(ManualTimeProvider clock, TimeSpan step) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp()
    {
        clock.AdvanceTimestamp(step);
        return clock.GetTimestamp();
    }
}
