using System.Net;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>The connection of a store: one that was given, or one that is made at first use and ended with the store.</summary>
/// <remarks>Safe to use from any thread. Several first callers share one attempt; one that failed is made anew by the next caller.</remarks>
internal sealed class RedisConnection : IAsyncDisposable, IDisposable
{
    private readonly Lock _lock = new();
    private readonly ConfigurationOptions? _configuration;
    private readonly int _database;
    private Task<IConnectionMultiplexer>? _connecting;
    private readonly RoleSearch _roles;
    private volatile IConnectionMultiplexer? _connectionInUse;
    private volatile IDatabase? _databaseInUse;

    /// <summary>A connection that somebody else opened and will close.</summary>
    internal RedisConnection(IConnectionMultiplexer connection, int database, TimeProvider timeProvider)
    {
        _roles = new RoleSearch(timeProvider);
        _database = database;
        _connecting = Task.FromResult(connection);
        _connectionInUse = connection;
        _databaseInUse = connection.GetDatabase(database);
    }

    /// <summary>A connection of its own.</summary>
    internal RedisConnection(ConfigurationOptions configuration, int database, TimeProvider timeProvider)
    {
        _roles = new RoleSearch(timeProvider);
        _configuration = configuration;
        _database = database;
    }

    /// <summary>A connection of its own when there is a configuration, else the host's.</summary>
    /// <exception cref="InvalidOperationException">There is neither.</exception>
    internal static RedisConnection For(string? configuration, int database, TimeProvider timeProvider, Func<IConnectionMultiplexer?> hosts)
    {
        if (configuration is not null && RedisConfiguration.TryParse(configuration, out var options, out _))
            return new RedisConnection(options, database, timeProvider);
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

    /// <summary>Finds out again which nodes are masters, as one that was may not be one any more.</summary>
    internal ValueTask LookAgainAsync(CancellationToken cancellationToken) =>
        _connectionInUse is { } connection ? _roles.LookAsync(connection, cancellationToken) : ValueTask.CompletedTask;

    /// <summary>Whether a cluster answers; false before the first connection.</summary>
    internal bool IsCluster() =>
        _connectionInUse is { } connection && Array.Exists(connection.GetEndPoints(), endpoint => IsCluster(connection, endpoint));

    public void Dispose()
    {
        if (_configuration is not null && _connecting is { IsCompletedSuccessfully: true } connecting)
#pragma warning disable VSTHRD002, VSTHRD103 // It has completed.
            End(connecting.Result);
#pragma warning restore VSTHRD002, VSTHRD103
    }

    public async ValueTask DisposeAsync()
    {
        if (_configuration is null || _connecting is not { IsCompletedSuccessfully: true } connecting)
            return;
        var connection = await connecting.ConfigureAwait(false);
        await connection.CloseAsync().ConfigureAwait(false);
        End(connection);
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
        _connectionInUse = connection;
        return _databaseInUse = connection.GetDatabase(_database);
    }

    // In 1.2.6 the method is the client's own interface's, from 2.0 on it is this one's; only this one is in both.
    private static void End(IConnectionMultiplexer connection) => (connection as IDisposable)?.Dispose();

    private static async Task<IConnectionMultiplexer> OpenAsync(ConfigurationOptions configuration) =>
        await ConnectionMultiplexer.ConnectAsync(configuration).ConfigureAwait(false);
}
