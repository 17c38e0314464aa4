namespace LedgerLift.Data;

/// <summary>What a failure says about the work, and so what may be done about it.</summary>
public enum DatabaseFailure
{
    /// <summary>Nothing reached the server. May always be repeated.</summary>
    NeverSent,

    /// <summary>The server undid the statement or transaction, or is certain to. The whole transaction may be repeated on a new connection.</summary>
    RolledBack,

    /// <summary>It may or may not have taken effect. May be repeated only when that does no harm.</summary>
    Ambiguous,

    /// <summary>All connections of the pool were in use. Repeating at once makes it worse.</summary>
    PoolExhausted,

    /// <summary>The server takes no writes: a standby, or a primary that has become one. Nothing was written; the pool must be cleared before a repetition.</summary>
    NotPrimary,

    /// <summary>A prepared statement no longer fits the schema or the connection. Nothing was executed; once repeated it is prepared anew.</summary>
    StalePlan,

    /// <summary>A time limit ended it: it was slow, not broken. Not repeated.</summary>
    Timeout,

    /// <summary>It would fail the same way again, or it is not the database's failure.</summary>
    Permanent,

    /// <summary>It was cancelled.</summary>
    Canceled,
}
