namespace LedgerLift.Resilience;

/// <summary>Whether an operation may be carried out twice. It decides what happens to a failure after which nobody knows if the first try took effect.</summary>
/// <remarks>The terms are those of RFC 9110, section 9.2.2: idempotent means that several identical requests have the effect of one.</remarks>
public enum OperationSafety
{
    /// <summary>Doing it twice has the effect of doing it once: reads, writes of a whole value, deletions. Retried after <see cref="FailureDisposition.Ambiguous" /> failures.</summary>
    Idempotent = 0,

    /// <summary>Doing it twice has two effects: inserts, increments, charges. Retried only when the failed try provably had no effect.</summary>
    NonIdempotent = 1,
}
