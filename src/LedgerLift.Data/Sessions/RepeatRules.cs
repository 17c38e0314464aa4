using LedgerLift.Resilience;

namespace LedgerLift.Data;

/// <summary>What may be repeated. Pure.</summary>
internal static class RepeatRules
{
    /// <summary>Whether a transaction may be run again as a whole: whenever it is certain that nothing of it is there.</summary>
    internal static bool MayRepeatTransaction(DatabaseFailure failure) =>
        failure is DatabaseFailure.NeverSent or DatabaseFailure.RolledBack or DatabaseFailure.NotPrimary or DatabaseFailure.StalePlan;

    /// <summary>
    /// Whether work outside a transaction may be run again. What was rolled back or planned anew may be the second of its statements, and the first is done; a
    /// server that takes no writes has taken none of them.
    /// </summary>
    internal static bool MayRepeatWork(DatabaseFailure failure, OperationSafety safety) =>
        failure switch
        {
            DatabaseFailure.NeverSent or DatabaseFailure.NotPrimary => true,
            DatabaseFailure.RolledBack or DatabaseFailure.Ambiguous or DatabaseFailure.StalePlan => safety == OperationSafety.Idempotent,
            _ => false,
        };
}
