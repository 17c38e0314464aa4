namespace LedgerLift.Benchmarks;

/// <summary>What <c>benchmarks/run</c> ends with; a build that fails is <see cref="NotRun"/> too.</summary>
internal static class ExitCodes
{
    public const int AllMet = 0;
    public const int GoalMissed = 1;
    public const int Usage = 2;
    public const int NotRun = 3;
}
