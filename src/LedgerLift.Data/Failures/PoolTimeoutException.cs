using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Data;

/// <summary>
/// All connections stayed in use for <see cref="DatabaseOptions.PoolTimeout"/>. Never repeated by this package: more callers would wait longer. Code
/// <c>pool_timeout</c>, transient.
/// </summary>
[SuppressMessage("Design", "CA1032", Justification = "Every failure has a code.")]
[SuppressMessage("Roslynator", "RCS1194", Justification = "Every failure has a code.")]
public sealed class PoolTimeoutException : DatabaseException
{
    internal PoolTimeoutException(
        string message,
        ConnectionPoolSnapshot pool,
        IReadOnlyList<SessionHolder> holders,
        Exception? innerException = null
    )
        : base(DatabaseErrorCodes.PoolTimeout, message, isTransient: true, innerException) => (Pool, OldestHolders) = (pool, holders);

    /// <summary>The pool when the wait ended.</summary>
    public ConnectionPoolSnapshot Pool { get; }

    /// <summary>Who has held sessions longest, oldest first; at most five. Connections taken from the data source directly are not among them.</summary>
    public IReadOnlyList<SessionHolder> OldestHolders { get; }
}
