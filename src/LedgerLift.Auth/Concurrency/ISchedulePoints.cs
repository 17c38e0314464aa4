namespace LedgerLift.Auth;

/// <summary>Where a writer and the readers that take no lock may overtake each other, so that a test can drive every interleaving.</summary>
internal interface ISchedulePoints
{
    /// <summary>The calling thread stands where another one may overtake it. With <see cref="NoSchedulePoints"/> the call vanishes in the JIT.</summary>
    static abstract void Pass();
}
