using System.Runtime.InteropServices;

namespace LedgerLift.Resilience;

/// <summary>What has to be known to decide on a retry.</summary>
/// <param name="Options">The retry settings, checked.</param>
/// <param name="Safety">Whether the operation may take effect twice.</param>
/// <param name="Disposition">What the failure means.</param>
/// <param name="Failure">What was thrown; <see langword="null"/> when a returned result was the failure.</param>
/// <param name="Retry">Which retry is asked for, counted from 0.</param>
/// <param name="TimeLeft">What is left of the total timeout; <see langword="null"/>: there is none.</param>
/// <param name="WaitForOpenCircuit">Whether the policy waits for an open circuit to admit a probe.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RetryQuestion(
    RetryOptions Options,
    OperationSafety Safety,
    FailureDisposition Disposition,
    Exception? Failure,
    int Retry,
    TimeSpan? TimeLeft,
    bool WaitForOpenCircuit
);
