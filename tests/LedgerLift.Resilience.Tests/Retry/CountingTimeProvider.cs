namespace LedgerLift.Resilience.Tests;

/// <summary>The system's clock, and how often it was read.</summary>
internal sealed class CountingTimeProvider : TimeProvider
{
    internal int Reads { get; private set; }

    public override long GetTimestamp()
    {
        Reads++;
        return base.GetTimestamp();
    }
}
