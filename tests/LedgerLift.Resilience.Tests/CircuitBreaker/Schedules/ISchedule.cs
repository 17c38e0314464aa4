namespace LedgerLift.Resilience.Tests;

/// <summary>Decides which thread goes on.</summary>
internal interface ISchedule
{
    /// <summary>Picks one of <paramref name="count"/> threads that could go on, at least two.</summary>
    int Choose(int count);
}
