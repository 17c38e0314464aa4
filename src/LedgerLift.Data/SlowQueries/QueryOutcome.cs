namespace LedgerLift.Data;

/// <summary>How a command ended.</summary>
public enum QueryOutcome
{
    /// <summary>With a result.</summary>
    Completed,

    /// <summary>With an error, or with its connection.</summary>
    Failed,

    /// <summary>By a time limit, here or on the server.</summary>
    TimedOut,

    /// <summary>By a cancellation.</summary>
    Canceled,
}
