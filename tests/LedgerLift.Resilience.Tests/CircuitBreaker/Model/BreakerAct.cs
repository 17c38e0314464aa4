namespace LedgerLift.Resilience.Tests;

internal enum BreakerAct
{
    Enter,
    Succeed,
    Fail,
    FailWithoutCause,
    Ignore,
    Advance,
    StepWallClock,
    Isolate,
    Close,
    Trip,
    TripWithoutCause,
    Update,
    ReadState,
    ReadSnapshot,
}
