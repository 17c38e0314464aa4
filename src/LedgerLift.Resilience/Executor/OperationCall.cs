using System.Runtime.InteropServices;

namespace LedgerLift.Resilience;

/// <summary>What a caller asked for, as it goes through the executor.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OperationCall<TState, T>(
    OperationSafety Safety,
    TState State,
    Func<TState, CancellationToken, ValueTask<T>> Operation,
    IOutcomeClassifier<T>? Outcomes,
    long Started,
    CancellationToken Token
);
