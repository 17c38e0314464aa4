namespace LedgerLift.Resilience.Tests;

internal sealed class RandomSchedule(Random random) : ISchedule
{
    public int Choose(int count) => random.Next(count);
}
