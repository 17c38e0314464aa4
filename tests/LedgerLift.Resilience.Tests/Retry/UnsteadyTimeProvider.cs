namespace LedgerLift.Resilience.Tests;

/// <summary>A broken clock, whose timestamps can run back.</summary>
internal sealed class UnsteadyTimeProvider : TimeProvider
{
    internal double Seconds { get; set; }

    public override long GetTimestamp() => (long)(Seconds * TimestampFrequency);
}
