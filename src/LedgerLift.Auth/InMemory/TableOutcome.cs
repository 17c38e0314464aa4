namespace LedgerLift.Auth;

/// <summary>How a write of the <see cref="TokenTable{TSchedule}"/> ended.</summary>
internal enum TableOutcome
{
    Done,
    Unchanged,
    NotInFuture,
    Duplicate,
    NotFound,
    NotInFamily,
    Reused,
}
