namespace LedgerLift.Resilience.Tests;

internal enum BreakerReport
{
    Success,
    Failure,
    Ignore,
}
