namespace LedgerLift.Data;

/// <summary>How a command ended.</summary>
public enum QueryOutcome
{
    /// <summary>With a result.</summary>
    Completed,

    /// <summary>With an error, or with its connection.</summary>
    Failed,

    /// <summary>By a time limit: the command's own, <c>statement_timeout</c>, <c>lock_timeout</c> or <c>transaction_timeout</c>.</summary>
    TimedOut,

    /// <summary>By a cancellation: the caller's, or somebody's at the server.</summary>
    Canceled,
}
