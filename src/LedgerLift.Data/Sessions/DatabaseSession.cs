using System.Data;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>A connection of the pool, held until it is disposed. Disposed with an open transaction, it rolls back.</summary>
/// <remarks>Not thread-safe. One that is never disposed is returned to the pool after the garbage collector finds it, with an error in the log.</remarks>
public sealed class DatabaseSession : IAsyncDisposable
{
    private readonly SessionServices _services;
    private readonly SessionLease _lease;
    private readonly bool _isManaged;
    private CommitSafety _safety;
    private bool _disposed;

    internal DatabaseSession(SessionServices services, SessionLease lease, bool isManaged) =>
        (_services, _lease, _isManaged) = (services, lease, isManaged);

#pragma warning disable MA0055 // The promise: a session that nobody disposed gives its connection back.
    /// <summary>Returns the connection of a session that was not disposed.</summary>
    ~DatabaseSession() => _services.Pool.Reclaim(_lease);
#pragma warning restore MA0055

    /// <summary>The connection, for Npgsql, Dapper and others. Do not close or dispose it.</summary>
    /// <exception cref="ObjectDisposedException">The session is disposed.</exception>
    public NpgsqlConnection Connection
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _lease.Connection;
        }
    }

    /// <summary>The open transaction; null when there is none.</summary>
    public NpgsqlTransaction? Transaction { get; private set; }

    /// <summary>How long a command of <see cref="CreateCommand"/> waits for its answer in this session, unless it is given a time of its own.</summary>
    /// <value>The default is <see langword="null"/>: as <see cref="DatabaseOptions.CommandTimeout"/> says. Over zero, to 24 hours; whole seconds, rounded up.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative, or longer than 24 hours.</exception>
    public TimeSpan? CommandTimeout
    {
        get;
        set
        {
            ThrowIfNoTimeout(value, nameof(value));
            field = value;
        }
    }

    internal DatabasePhase Phase { get; set; } = DatabasePhase.Executing;

    internal ServerEra? Era => _lease.Physical?.Era;

    internal bool IsReused => _lease.IsReused;

    /// <summary>Whether somebody ended the open transaction without this session.</summary>
    internal bool IsTransactionEnded =>
        Transaction is { } transaction && (IsBroken ? HasLostOwnCommit : TransactionState.IsCompleted(transaction));

    /// <summary>Whether COMMIT was sent by other means than this session's and the connection died over it.</summary>
    private bool HasLostOwnCommit { get; set; }

    private bool IsBroken => _disposed || _lease.Connection.FullState.HasFlag(ConnectionState.Broken);

    /// <summary>A command on the session's connection and transaction. The caller disposes it.</summary>
    /// <param name="sql">The SQL.</param>
    /// <param name="timeout">
    /// The longest it may take, over zero, counted in whole seconds, rounded up; null: <see cref="DatabaseOptions.CommandTimeout"/>. After it has fired the
    /// connection can still be used.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="sql"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is zero or negative, or longer than 24 hours.</exception>
    /// <exception cref="ObjectDisposedException">The session is disposed.</exception>
    [SuppressMessage("Security", "CA2100", Justification = "The SQL is the caller's; values go into parameters.")]
    public NpgsqlCommand CreateCommand(string sql, TimeSpan? timeout = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sql);
        ThrowIfNoTimeout(timeout, nameof(timeout));
        var command = new NpgsqlCommand(sql, Connection, Transaction);
        if ((timeout ?? CommandTimeout) is { } time)
            command.CommandTimeout = NpgsqlMapping.Seconds(time);
        return command;
    }

    /// <summary>
    /// Tells the server how long statements may take in this session alone; the next user of the connection has the limits of the options again. Set in a
    /// transaction, they are rolled back with it. Costs one round trip.
    /// </summary>
    /// <param name="statementTimeout">The longest a statement may take, in whole milliseconds rounded up; null leaves it as it is.</param>
    /// <param name="lockTimeout">The longest a statement may wait for a lock, likewise.</param>
    /// <param name="cancellationToken">Cancels the statement that sets them.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is zero or negative, or longer than 24 hours.</exception>
    /// <exception cref="InvalidOperationException">Behind pgbouncer there is no session that would keep them: begin a transaction first, with which they end.</exception>
    /// <exception cref="NpgsqlException">The server failed.</exception>
    /// <exception cref="ObjectDisposedException">The session is disposed.</exception>
    [SuppressMessage("Security", "CA2100", Justification = "Put together from two names and whole numbers.")]
    public async ValueTask SetServerTimeoutsAsync(
        TimeSpan? statementTimeout,
        TimeSpan? lockTimeout = null,
        CancellationToken cancellationToken = default
    )
    {
        ThrowIfNoTimeout(statementTimeout, nameof(statementTimeout));
        ThrowIfNoTimeout(lockTimeout, nameof(lockTimeout));
        var isLocal = _services.Options.Mode == PoolingMode.PgBouncer;
        if (isLocal && Transaction is null)
            throw new InvalidOperationException(
                "Behind pgbouncer no session keeps a limit; begin a transaction first, with which it ends."
            );
        var sql = string.Join("; ", ServerTimeouts.Sql(statementTimeout, lockTimeout, isLocal));
        if (sql.Length == 0)
            return;
        var command = CreateCommand(sql);
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins a transaction. The retries and the timeout of the settings are not for this: nothing is repeated.</summary>
    /// <param name="settings">How it is run; null: the defaults.</param>
    /// <param name="cancellationToken">Cancels the begin.</param>
    /// <exception cref="InvalidOperationException">There is a transaction already.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    /// <exception cref="NpgsqlException">The server failed.</exception>
    /// <exception cref="ObjectDisposedException">The session is disposed.</exception>
    public async ValueTask BeginTransactionAsync(TransactionSettings? settings = null, CancellationToken cancellationToken = default)
    {
        if (Transaction is not null)
            throw new InvalidOperationException("The session has a transaction already; commit it or roll it back first.");
        settings = TransactionSettings.OrDefault(settings);
        var safety = settings.CommitSafety ?? _services.Options.CommitSafety;
        // What cannot write has no outcome to look up.
        _safety = settings.ReadOnly && safety == CommitSafety.Verified ? CommitSafety.Probe : safety;
        Transaction = await Connection.BeginTransactionAsync(settings.Isolation, cancellationToken).ConfigureAwait(false);
        Phase = DatabasePhase.InTransaction;
        if (TransactionPrologue.Sql(settings, _services.Options) is not { } prologue)
            return;
        var command = CreateCommand(prologue);
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Commits the transaction; when this returns, it is there (see <see cref="CommitSafety"/>).</summary>
    /// <param name="cancellationToken">Looked at before COMMIT is sent, and not any more then. When it is cancelled the transaction stays open.</param>
    /// <exception cref="InvalidOperationException">There is no transaction, it was ended otherwise, or it belongs to <see cref="IDatabase.ExecuteInTransactionAsync"/>.</exception>
    /// <exception cref="TransactionRolledBackException">It was rolled back; nothing of it is there.</exception>
    /// <exception cref="CommitOutcomeUnknownException">The reply to COMMIT was lost and the outcome could not be found out.</exception>
    /// <exception cref="NpgsqlException">The server refused to commit (a deferred constraint, a conflict); nothing of it is there.</exception>
    public async ValueTask CommitAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfManaged();
        cancellationToken.ThrowIfCancellationRequested();
        await FinishAsync().ConfigureAwait(false);
    }

    /// <summary>Rolls the transaction back. A connection that is gone is no failure: the server rolls back by itself.</summary>
    /// <param name="cancellationToken">Cancels the rollback; the transaction is then rolled back with the session's disposal.</param>
    /// <exception cref="InvalidOperationException">There is no transaction, or it belongs to <see cref="IDatabase.ExecuteInTransactionAsync"/>.</exception>
    public async ValueTask RollbackAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfManaged();
        cancellationToken.ThrowIfCancellationRequested();
        var transaction = Transaction ?? throw NoTransaction();
        try
        {
            await transaction.RollbackAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsBroken && failure is NpgsqlException or InvalidOperationException or IOException)
        {
            Log.RollbackFailed(_services.Logger, _services.Options.Name, failure);
        }

        EndTransaction();
    }

    /// <summary>Rolls back what is open and returns the connection to the pool. Does not throw.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await ReleaseAsync().ConfigureAwait(false);
    }

    /// <summary>Returns the connection; the reset of the pool rolls back what is open.</summary>
    internal async ValueTask ReleaseAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        Transaction = null;
        await _services.Pool.ReturnAsync(_lease).ConfigureAwait(false);
    }

    /// <summary>Throws when the work has ended the transaction that is to be committed for it.</summary>
    internal void ThrowIfTransactionEnded()
    {
        if (IsTransactionEnded)
            throw new InvalidOperationException(
                "The transaction was committed or rolled back, or its connection closed, by the work itself. Return from the work to commit, throw to roll back."
            );
    }

    /// <summary>Whether the failure of the work is that of a COMMIT of its own whose reply was lost.</summary>
    internal bool IsLostOwnCommit(Exception failure)
    {
        HasLostOwnCommit =
            Transaction is not null && IsBroken && (_lease.Physical?.HasLostCommit == true || TransactionState.IsThrownByCommit(failure));
        return HasLostOwnCommit;
    }

    internal async ValueTask FinishAsync()
    {
        var transaction = Transaction ?? throw NoTransaction();
        ThrowIfTransactionEnded();
        await _services.Commits.CommitAsync(this, transaction, _safety).ConfigureAwait(false);
        EndTransaction();
    }

    private static void ThrowIfNoTimeout(TimeSpan? time, string parameter)
    {
        if (time is { } limit && (limit <= TimeSpan.Zero || limit > TimeSpan.FromDays(1)))
            throw new ArgumentOutOfRangeException(parameter, time, "Give a time over zero, to 24 hours.");
    }

    private static InvalidOperationException NoTransaction() => new("The session has no transaction.");

    private void EndTransaction() => (Transaction, Phase) = (null, DatabasePhase.Executing);

    private void ThrowIfManaged()
    {
        if (_isManaged)
            throw new InvalidOperationException(
                "The transaction is committed when the work returns and rolled back when it throws; the work does neither itself."
            );
    }
}
