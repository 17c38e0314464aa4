using System.Runtime.InteropServices;

namespace LedgerLift.Resilience;

/// <summary>How one attempt ended: with a result or a failure, and what that was taken for.</summary>
/// <param name="Result">The result; only when <paramref name="Failure"/> is <see langword="null"/>.</param>
/// <param name="Failure">What was thrown, or <see langword="null"/>.</param>
/// <param name="Disposition"><see langword="null"/>: a good result. Otherwise what the failure, or the bad result, means.</param>
/// <param name="TotalTimeout">The total timeout ended this attempt.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AttemptEnd<T>(T Result, Exception? Failure, FailureDisposition? Disposition, bool TotalTimeout = false);
