namespace LedgerLift.Data;

/// <summary>How a command ended.</summary>
public enum QueryOutcome
{
    /// <summary>With a result.</summary>
    Completed,

    /// <summary>With an error, a time limit of the server among them, or with its connection.</summary>
    Failed,

    /// <summary>By a cancellation after at least <see cref="DatabaseOptions.CommandTimeout"/>.</summary>
    TimedOut,

    /// <summary>By a cancellation before that; a shorter time limit of its own, too, for Npgsql tells the two by nothing.</summary>
    Canceled,
}
