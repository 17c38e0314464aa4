using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>The connection of a store: one that was given, or one that is made at first use and ended with the store.</summary>
/// <remarks>
/// Safe to use from any thread. Several first callers share one attempt; one that failed is made anew by the next caller. A connection of its own that has gone
/// silent is replaced, see <see cref="ConnectionRenewal"/>.
/// </remarks>
internal sealed class RedisConnection : IAsyncDisposable, IDisposable
{
    // The tries that are under way on a connection that was replaced come to their end.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly ConfigurationOptions? _configuration;
    private readonly int _database;
    private readonly TimeProvider _timeProvider;
    private readonly RoleSearch _roles;
    private readonly ConnectionRenewal? _renewal;
    private Task<IConnectionMultiplexer>? _connecting;
    private bool _renewing;
    private bool _disposed;
    private volatile IConnectionMultiplexer? _connectionInUse;
    private volatile IDatabase? _databaseInUse;

    /// <summary>A connection that somebody else opened and will close.</summary>
    internal RedisConnection(IConnectionMultiplexer connection, int database, TimeProvider timeProvider)
    {
        (_database, _timeProvider, _roles) = (database, timeProvider, new RoleSearch(timeProvider));
        _connecting = Task.FromResult(connection);
        _connectionInUse = connection;
        _databaseInUse = connection.GetDatabase(database);
    }

    /// <summary>A connection of its own.</summary>
    internal RedisConnection(ConfigurationOptions configuration, int database, TimeProvider timeProvider, ILogger? logger = null)
    {
        (_database, _timeProvider, _roles) = (database, timeProvider, new RoleSearch(timeProvider));
        _configuration = configuration;
        _renewal = new ConnectionRenewal(configuration, timeProvider, logger);
    }

    /// <summary>A connection of its own when there is a configuration, else the host's.</summary>
    /// <exception cref="InvalidOperationException">There is neither.</exception>
    internal static RedisConnection For(
        string? configuration,
        int database,
        TimeProvider timeProvider,
        ILogger? logger,
        Func<IConnectionMultiplexer?> hosts
    )
    {
        if (configuration is not null && RedisConfiguration.TryParse(configuration, out var options, out _))
            return new RedisConnection(options, database, timeProvider, logger);
        var connection =
            hosts()
            ?? throw new InvalidOperationException(
                "There is no way to reach Redis: set the option Configuration, or register an IConnectionMultiplexer."
            );
        return new RedisConnection(connection, database, timeProvider);
    }

    /// <summary>The database once there was a connection; null before.</summary>
    internal IDatabase? DatabaseInUse => _databaseInUse;

    internal ValueTask<IDatabase> GetDatabaseAsync(CancellationToken cancellationToken) =>
        _databaseInUse is { } database ? new ValueTask<IDatabase>(database) : ConnectAsync(cancellationToken);

    /// <summary>Finds out again which nodes are masters, as one that was may not be one any more, and whether they answer at all.</summary>
    internal async ValueTask LookAgainAsync(CancellationToken cancellationToken)
    {
        if (_connectionInUse is { } connection && await _roles.LookAsync(connection, cancellationToken).ConfigureAwait(false))
            _ = RenewAsync(connection);
    }

    /// <summary>Whether a cluster answers; false before the first connection.</summary>
    internal bool IsCluster() =>
        _connectionInUse is { } connection && Array.Exists(connection.GetEndPoints(), endpoint => IsCluster(connection, endpoint));

    public void Dispose()
    {
        if (TakeOwn() is { } connection)
            End(connection);
    }

    public async ValueTask DisposeAsync()
    {
        if (TakeOwn() is { } connection)
            await CloseAsync(connection).ConfigureAwait(false);
    }

    internal static async Task CloseAsync(IConnectionMultiplexer connection)
    {
        await connection.CloseAsync().ConfigureAwait(false);
        End(connection);
    }

    // The connection to end, if there is one of its own.
    private IConnectionMultiplexer? TakeOwn()
    {
        lock (_lock)
        {
            _disposed = true;
#pragma warning disable VSTHRD002, VSTHRD103 // It has completed.
            return _configuration is not null && _connecting is { IsCompletedSuccessfully: true } made ? made.Result : null;
#pragma warning restore VSTHRD002, VSTHRD103
        }
    }

    // In the background: whoever had no answer has waited long enough.
    private async Task RenewAsync(IConnectionMultiplexer connection)
    {
        if (_renewal is null || Interlocked.Exchange(ref _renewing, value: true))
            return;
        try
        {
            if (connection == _connectionInUse && await _renewal.TryAsync(connection).ConfigureAwait(false) is { } fresh)
            {
                var old = Replace(connection, fresh);
                await Task.Delay(Farewell, _timeProvider).ConfigureAwait(false);
                await CloseAsync(old).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException or ArgumentException or TimeoutException)
        {
            // It was closed meanwhile, or there is no connection to be had. The next failure leads here again.
        }
        finally
        {
            Volatile.Write(ref _renewing, value: false);
        }
    }

    // What is to be closed: the old one, or the new one when nobody wants it any more.
    private IConnectionMultiplexer Replace(IConnectionMultiplexer old, IConnectionMultiplexer fresh)
    {
        lock (_lock)
        {
            if (_disposed)
                return fresh;
            _connecting = Task.FromResult(fresh);
            (_connectionInUse, _databaseInUse) = (fresh, fresh.GetDatabase(_database));
            return old;
        }
    }

    // A client that was closed still names its nodes, and does not know them any more. What is asked of it next says that it is closed.
    private static bool IsCluster(IConnectionMultiplexer connection, EndPoint endpoint)
    {
        try
        {
            return connection.GetServer(endpoint).ServerType is ServerType.Cluster;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private async ValueTask<IDatabase> ConnectAsync(CancellationToken cancellationToken)
    {
        Task<IConnectionMultiplexer> connecting;
        lock (_lock)
        {
            if (_connecting is null or { IsFaulted: true } or { IsCanceled: true })
                _connecting = OpenAsync(_configuration!);
            connecting = _connecting;
        }

        // The attempt goes on for the others when this caller gives up.
        var connection = await connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            // Another first caller may have been here long ago, and what there was then may have been replaced.
            if (_databaseInUse is null)
                (_connectionInUse, _databaseInUse) = (connection, connection.GetDatabase(_database));
            return _databaseInUse;
        }
    }

    // In 1.2.6 the method is the client's own interface's, from 2.0 on it is this one's; only this one is in both.
    private static void End(IConnectionMultiplexer connection) => (connection as IDisposable)?.Dispose();

    private static async Task<IConnectionMultiplexer> OpenAsync(ConfigurationOptions configuration) =>
        await ConnectionMultiplexer.ConnectAsync(configuration).ConfigureAwait(false);
}
