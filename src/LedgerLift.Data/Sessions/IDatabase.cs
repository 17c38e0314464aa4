using System.Runtime.CompilerServices;
using LedgerLift.Resilience;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>A PostgreSQL database: sessions, work that is repeated when that is safe, and transactions that are committed for certain. Thread-safe.</summary>
/// <remarks>
/// The parameters for the caller's member, file and line are filled in by the compiler; they are shown, the file without its folder, where a session is held
/// for long.
/// </remarks>
public interface IDatabase
{
    /// <summary>The pool beneath, for Dapper, Entity Framework and raw commands: they share connections and slow-query detection.</summary>
    NpgsqlDataSource DataSource { get; }

    /// <summary>Opens a session. The caller disposes it; nothing in it is repeated.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="member">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The session, connected.</returns>
    /// <exception cref="PoolTimeoutException">All connections stayed in use.</exception>
    /// <exception cref="NpgsqlException">The server cannot be reached or refuses, still after the retries.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The database is disposed.</exception>
    ValueTask<DatabaseSession> OpenSessionAsync(
        CancellationToken cancellationToken = default,
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    );

    /// <summary>Runs work outside a transaction, each try with a session of its own.</summary>
    /// <typeparam name="T">What the work returns.</typeparam>
    /// <param name="safety">
    /// Idempotent: it is repeated when it failed for a passing reason, even when it may have taken effect. Not idempotent: only what never reached the server is.
    /// </param>
    /// <param name="work">The work. The session is closed when it ends.</param>
    /// <param name="cancellationToken">Handed to the work; ends waits.</param>
    /// <param name="member">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>What the work returned. What it throws reaches the caller as the same object.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is <see langword="null"/>.</exception>
    /// <exception cref="PoolTimeoutException">All connections stayed in use.</exception>
    /// <exception cref="NpgsqlException">The server cannot be reached or refuses, still after the retries.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<T> ExecuteAsync<T>(
        OperationSafety safety,
        Func<DatabaseSession, CancellationToken, ValueTask<T>> work,
        CancellationToken cancellationToken = default,
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    );

    /// <summary>Runs work in a transaction and commits it; repeats all of it, on a new connection, when it was rolled back for a passing reason.</summary>
    /// <typeparam name="T">What the work returns.</typeparam>
    /// <param name="work">
    /// The work; it may run several times, so whatever it does outside the database must bear that. It must not commit or roll back by itself.
    /// </param>
    /// <param name="settings">How the transaction is run; null: the defaults.</param>
    /// <param name="cancellationToken">Handed to the work; ends waits. It never ends a COMMIT that is under way.</param>
    /// <param name="member">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>What the work returned, when its writes are committed. What it throws reaches the caller as the same object, after a rollback.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    /// <exception cref="TransactionRolledBackException">A statement had failed, the work went on, and so nothing was committed.</exception>
    /// <exception cref="CommitOutcomeUnknownException">The reply to COMMIT was lost and the outcome could not be found out.</exception>
    /// <exception cref="InvalidOperationException">The work committed or rolled back the transaction itself.</exception>
    /// <exception cref="TimeoutException"><see cref="TransactionSettings.Timeout"/> has passed.</exception>
    /// <exception cref="PoolTimeoutException">All connections stayed in use.</exception>
    /// <exception cref="NpgsqlException">The server cannot be reached or refuses, still after the retries.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before COMMIT was sent.</exception>
    ValueTask<T> ExecuteInTransactionAsync<T>(
        Func<DatabaseSession, CancellationToken, ValueTask<T>> work,
        TransactionSettings? settings = null,
        CancellationToken cancellationToken = default,
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    );

    /// <summary>The connections of the pool now. Costs some microseconds and no round trip.</summary>
    ConnectionPoolSnapshot GetPoolSnapshot();

    /// <summary>Has every slow query told, however often it comes. Dispose what is returned to hear no more.</summary>
    /// <param name="observer">
    /// Called on the thread of the query, or after it when a plan is taken, so it must be quick; what it throws is logged and dropped.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="observer"/> is <see langword="null"/>.</exception>
    IDisposable SubscribeSlowQueries(Action<SlowQuery> observer);
}
