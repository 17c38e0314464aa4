namespace LedgerLift.Auth.Tests;

/// <summary>Every schedule point is one where the <see cref="Interleaver"/> may change threads.</summary>
internal readonly struct DrivenSchedule : ISchedulePoints
{
    public static void Pass() => Interleaver.Pass();
}
