namespace LedgerLift.Resilience.Tests;

/// <summary>The schedule of the tests: every point is one where the crew may change hands.</summary>
internal readonly struct CrewSchedulePoints : ISchedulePoints
{
    public static void Yield(int point) => InterleavingCrew.Yield();
}
