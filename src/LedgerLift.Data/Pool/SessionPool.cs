using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>Hands out connections and takes them back, each exactly once. Thread-safe.</summary>
internal sealed class SessionPool(
    NpgsqlDataSource dataSource,
    DatabaseOptions options,
    PhysicalConnections physical,
    EraProbe era,
    PoolMeter meter,
    SessionMetrics metrics,
    ILogger logger,
    TimeProvider time
) : IDisposable
{
    private const int HoldersShown = 5;
    private const int PingTries = 3;

    /// <summary>From here on an idle connection may have been cut off by something on the way; pgx takes 1 s, HikariCP 0.5 s.</summary>
    private static readonly TimeSpan LongIdle = TimeSpan.FromMilliseconds(500);

    private readonly ConnectionOpener _opener = new(dataSource, meter, options.PoolTimeout, time);

    private readonly PoolGate? _gate =
        options.Mode == PoolingMode.Serverless ? null : new PoolGate(options.PoolSize + options.MaxOverflow, options.PoolTimeout, time);

    private long _pingsFailed;

    public LeaseTable Leases { get; } = new(time);

    public NpgsqlDataSource DataSource => dataSource;

    public TimeProvider Time => time;

    /// <summary>Connections found dead by a ping.</summary>
    public long PingsFailed => Volatile.Read(ref _pingsFailed);

    public ConnectionPoolSnapshot Snapshot()
    {
        var (used, idle) = meter.Read();
        if (_gate is null)
            return new ConnectionPoolSnapshot(options.Mode, 0, 0, Leases.Count, 0, 0, 0, 0, 0);
        var max = options.PoolSize + options.MaxOverflow;
        var overflow = Math.Max(0, used + idle - options.PoolSize);
        return new ConnectionPoolSnapshot(
            options.Mode,
            options.PoolSize,
            options.MaxOverflow,
            used,
            idle,
            overflow,
            max,
            _gate.Pending,
            Math.Min(1, (double)used / max)
        );
    }

    /// <summary>The share of places taken by sessions, without asking Npgsql.</summary>
    public double Utilization => _gate is null ? 0 : (double)_gate.InUse / (options.PoolSize + options.MaxOverflow);

    public async ValueTask<SessionLease> RentAsync(SessionCaller caller, PingRule ping, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        if (_gate is not null && !await _gate.EnterAsync(cancellationToken).ConfigureAwait(false))
            throw Exhausted();
        var entered = true;
        try
        {
            var (connection, known) = await ConnectAsync(ping, asked, cancellationToken).ConfigureAwait(false);
            var now = time.GetTimestamp();
            var lease = new SessionLease(Leases.NextId(), connection, caller, now, known);
            Leases.Add(lease);
            metrics.RecordWait(time.GetElapsedTime(asked, now));
            entered = false;
            return lease;
        }
        finally
        {
            if (entered)
                _gate?.Leave();
        }
    }

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "A failure to close must not mask the failure of the work; the connection is gone either way."
    )]
    public async ValueTask ReturnAsync(SessionLease lease)
    {
        if (!lease.TryReturn())
            return;
        var held = Leases.HeldFor(lease);
        try
        {
            // Before the close: afterwards the connection is another's.
            if (lease.Physical is { } known && lease.Connection.State == System.Data.ConnectionState.Open)
                known.ReturnedAt = time.GetTimestamp();
            await lease.Connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            Log.CloseFailed(logger, options.Name, failure);
        }
        finally
        {
            Leases.Remove(lease);
            _gate?.Leave();
            metrics.RecordUse(held);
            if (lease.IsReported)
                Log.LeakReturned(logger, options.Name, lease.Holder(held));
        }
    }

    /// <summary>Returns the connection of a session that nobody holds any more and nobody disposed.</summary>
    public void Reclaim(SessionLease lease)
    {
        metrics.RecordLeak();
        Log.SessionAbandoned(logger, options.Name, lease.Holder(Leases.HeldFor(lease)));
        // On a finalizer thread nothing may wait, so the return runs by itself; it does not throw.
        ThreadPool.UnsafeQueueUserWorkItem(
            static state => _ = state.Pool.ReturnAsync(state.Lease).AsTask(),
            (Pool: this, Lease: lease),
            preferLocal: false
        );
    }

    public void Dispose() => _gate?.Dispose();

    private async ValueTask<(NpgsqlConnection Connection, PhysicalConnection? Known)> ConnectAsync(
        PingRule ping,
        long asked,
        CancellationToken cancellationToken
    )
    {
        var attempt = 0;
        while (true)
        {
            var connection = await _opener.OpenAsync(asked, cancellationToken).ConfigureAwait(false) ?? throw Exhausted();
            var known = physical.Find(connection) ?? await RememberAsync(connection).ConfigureAwait(false);
            var returnedAt = known?.ReturnedAt;
            if (returnedAt is null || !Asks(ping, returnedAt.Value))
                return (connection, known);
            if (await AnswersAsync(connection, cancellationToken).ConfigureAwait(false))
                return (connection, known);
            Interlocked.Increment(ref _pingsFailed);
            await connection.DisposeAsync().ConfigureAwait(false);
            if (++attempt == PingTries)
                dataSource.Clear();
        }
    }

    // A connection lives no longer than its server's era, so that what was forgotten can be asked again at any time.
    private async ValueTask<PhysicalConnection?> RememberAsync(NpgsqlConnection connection)
    {
        try
        {
            await era.NoteAsync(connection).ConfigureAwait(false);
            return physical.Find(connection);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private bool Asks(PingRule ping, long returnedAt) =>
        options.PrePing switch
        {
            PrePing.Always => true,
            PrePing.Never => false,
            _ => ping switch
            {
                PingRule.Always => true,
                PingRule.WhenLongIdle => time.GetElapsedTime(returnedAt) >= LongIdle,
                _ => false,
            },
        };

    private async ValueTask<bool> AnswersAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = NpgsqlMapping.Seconds(options.ConnectTimeout) };
        await using (command.ConfigureAwait(false))
        {
            try
            {
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (NpgsqlException dead) when (DatabaseFailureClassifier.Classify(dead, DatabasePhase.Opening) == DatabaseFailure.NeverSent)
            {
                return false;
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    private PoolTimeoutException Exhausted()
    {
        var pool = Snapshot();
        var holders = Leases.Oldest(HoldersShown);
        return new PoolTimeoutException(PoolTimeoutText.Of(options, pool, holders), pool, holders);
    }
}
