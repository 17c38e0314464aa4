using Npgsql;

namespace LedgerLift.Data;

/// <summary>
/// A connection that is handed out. It does not know the session, so that an abandoned session can be collected, and its finalizer can return the connection.
/// </summary>
internal sealed class SessionLease(long id, NpgsqlConnection connection, SessionCaller caller, long openedAt, PhysicalConnection? physical)
{
    private int _returned;

    public long Id => id;

    public NpgsqlConnection Connection => connection;

    public SessionCaller Caller => caller;

    public long OpenedAt => openedAt;

    /// <summary>Whether the physical connection had served somebody before, and so may have died in the pool.</summary>
    public bool IsReused { get; } = physical?.ReturnedAt is not null;

    /// <summary>What is remembered of the physical connection; held here, for the table may forget it.</summary>
    public PhysicalConnection? Physical => physical;

    /// <summary>Whether it was warned about; touched by the sweep and, after the last sweep that could see it, by the return.</summary>
    public bool IsReported { get; set; }

    /// <summary>True for the first who asks: only that one returns the connection.</summary>
    public bool TryReturn() => Interlocked.Exchange(ref _returned, 1) == 0;

    public SessionHolder Holder(TimeSpan heldFor) => new(caller.Member, caller.FileName, caller.Line, heldFor);
}
