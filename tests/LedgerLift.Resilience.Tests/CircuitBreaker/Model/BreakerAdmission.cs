namespace LedgerLift.Resilience.Tests;

/// <summary>Everything that a breaker answers to a call that asks to pass.</summary>
internal sealed record BreakerAdmission(bool Admitted, bool IsProbe, BreakerRejection Rejection);
