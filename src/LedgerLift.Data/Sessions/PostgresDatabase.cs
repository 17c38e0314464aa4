using System.Runtime.CompilerServices;
using LedgerLift.Resilience;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>A PostgreSQL database with its pool. Thread-safe; one for the life of the process.</summary>
public sealed class PostgresDatabase : IDatabase, IAsyncDisposable
{
    private readonly DatabaseCore _core;
    private readonly WorkRunner _work;
    private readonly TransactionRunner _transactions;

    /// <summary>Builds the pool. Nothing is connected yet.</summary>
    /// <param name="options">The settings; read now.</param>
    /// <param name="loggerFactory">Where messages go; null: nowhere.</param>
    /// <param name="timeProvider">The clock; null: the system's.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of its range; the message lists every fault and no secret.</exception>
    public PostgresDatabase(DatabaseOptions options, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsGuard.ThrowIfInvalid(options, nameof(options));
        _core = new DatabaseCore(options, loggerFactory, timeProvider ?? TimeProvider.System);
        _work = new WorkRunner(_core.Services);
        _transactions = new TransactionRunner(_core.Services);
    }

    /// <inheritdoc/>
    public NpgsqlDataSource DataSource => _core.DataSource;

    internal DatabaseCore Core => _core;

    /// <inheritdoc/>
    public ValueTask<DatabaseSession> OpenSessionAsync(
        CancellationToken cancellationToken = default,
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => _work.OpenAsync(new SessionCaller(member, file, line), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<T> ExecuteAsync<T>(
        OperationSafety safety,
        Func<DatabaseSession, CancellationToken, ValueTask<T>> work,
        CancellationToken cancellationToken = default,
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        return _work.RunAsync(safety, work, new SessionCaller(member, file, line), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<T> ExecuteInTransactionAsync<T>(
        Func<DatabaseSession, CancellationToken, ValueTask<T>> work,
        TransactionSettings? settings = null,
        CancellationToken cancellationToken = default,
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        settings = TransactionSettings.OrDefault(settings);
        return _transactions.RunAsync(work, settings, new SessionCaller(member, file, line), cancellationToken);
    }

    /// <inheritdoc/>
    public ConnectionPoolSnapshot GetPoolSnapshot() => _core.Services.Pool.Snapshot();

    /// <inheritdoc/>
    public IDisposable SubscribeSlowQueries(Action<SlowQuery> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return _core.SlowQueries.Subscribe(observer);
    }

    /// <summary>Closes the pool. Sessions still held are closed when they are returned.</summary>
    public ValueTask DisposeAsync() => _core.DisposeAsync();
}
