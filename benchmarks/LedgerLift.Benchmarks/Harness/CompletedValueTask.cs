using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LedgerLift.Benchmarks;

/// <summary>Reads what is there without an asynchronous method, which would cost more than what is measured.</summary>
internal static class CompletedValueTask
{
    /// <summary>The result of a call that is complete.</summary>
    /// <exception cref="InvalidOperationException">It is not: the scenario is of the wrong kind.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SuppressMessage("Usage", "VSTHRD002", Justification = "Read only when complete; nothing waits.")]
    [SuppressMessage("Major Bug", "S5034", Justification = "Read only when complete; a failed call is to throw.")]
    public static T Take<T>(this ValueTask<T> call) =>
        call.IsCompleted ? call.Result : throw new InvalidOperationException("The call is still running.");
}
