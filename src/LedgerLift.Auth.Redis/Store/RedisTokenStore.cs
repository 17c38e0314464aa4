using System.Diagnostics.CodeAnalysis;
using LedgerLift.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>A token store on Redis 7.0 or later, which all hosts of a service share: single server, Sentinel or Cluster.</summary>
/// <remarks>
/// <para>Safe to use from any thread. A token counts only while the server says so: what the server loses is logged out, never in.</para>
/// <para>Every call is bounded in time and retried by the policy <see cref="PolicyName"/>. A server that is down is a <see cref="TokenStoreException"/> within that bound.</para>
/// <para>A jti must not be given away before its store has completed: until then the token may be found as revoked.</para>
/// </remarks>
public sealed partial class RedisTokenStore : ITokenStore, ITokenFamilies
{
    /// <summary>The name of the resilience policy, under which its breaker and its measurements are found: <c>redis-tokens</c>.</summary>
    public const string PolicyName = "redis-tokens";

    private static readonly Func<bool, string> ActiveOutcome = static active => active ? "active" : "inactive";
    private static readonly Func<StoredToken?, string> FindOutcome = static token => token is null ? "not_found" : "found";

    // A copy of a command that was given up can still be on its way for a while.
    private static readonly TimeSpan GraveReserve = TimeSpan.FromMinutes(1);

    private readonly RedisConnection _connection;
    private readonly RedisExecution _execution;
    private readonly RedisTokenCommands _commands;
    private readonly TokenNames _names;
    private readonly ReplicaAcknowledgement? _replicas;
    private readonly RecordCache _cache;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly CallNumbers _numbers = new();

    /// <summary>Makes a store on a connection that the caller opened and closes.</summary>
    /// <param name="connection">The connection. For Sentinel and Cluster, all nodes must be among its endpoints.</param>
    /// <param name="options">How to keep tokens and how long to wait; null for the defaults. Read once.</param>
    /// <param name="timeProvider">The clock by which tokens expire; null for the system's. Timeouts run by it, too.</param>
    /// <param name="acknowledgements">A second connection, needed when <see cref="RedisTokenStoreOptions.RequiredReplicas"/> is above zero: waiting for replicas holds up whatever shares the connection.</param>
    /// <param name="logger">Hears of reused tokens; null for silence.</param>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or replicas are required without a second connection; the message names all faults.</exception>
    [SuppressMessage(
        "Reliability",
        "CA2000:Dispose objects before losing scope",
        Justification = "It closes nothing: the connections are the caller's."
    )]
    public RedisTokenStore(
        IConnectionMultiplexer connection,
        RedisTokenStoreOptions? options = null,
        TimeProvider? timeProvider = null,
        IConnectionMultiplexer? acknowledgements = null,
        ILogger<RedisTokenStore>? logger = null
    )
        : this(
            OpenedBy(connection, options, timeProvider),
            acknowledgements is null ? null : OpenedBy(acknowledgements, options, timeProvider),
            Checked(options),
            executor: null,
            timeProvider,
            logger
        ) { }

    internal RedisTokenStore(
        RedisConnection connection,
        RedisConnection? acknowledgements,
        RedisTokenStoreOptions options,
        ResilienceExecutor? executor,
        TimeProvider? timeProvider,
        ILogger? logger
    )
    {
        if (options.RequiredReplicas > 0 && acknowledgements is null)
            throw new ArgumentException(
                $"{nameof(options.RequiredReplicas)} needs a second connection to wait on; give {nameof(acknowledgements)}.",
                nameof(acknowledgements)
            );
        _timeProvider = timeProvider ?? TimeProvider.System;
        _logger = logger ?? NullLogger.Instance;
        var keys = new RedisTokenKeys(options.KeyPrefix);
        _commands = new RedisTokenCommands(keys, options.MaxActiveTokensPerUser, options.Resilience.TotalTimeout!.Value + GraveReserve);
        _names = new TokenNames(keys);
        _cache = new RecordCache(options.LocalCacheEntries);
        executor ??= new ResilienceExecutor(PolicyName, options.Resilience, RedisFailureClassifier.Instance, _timeProvider);
        _connection = connection;
        _execution = new RedisExecution(connection, executor, _timeProvider);
        _replicas =
            options.RequiredReplicas == 0
                ? null
                : new ReplicaAcknowledgement(acknowledgements!, keys, options.RequiredReplicas, options.ReplicaTimeout);
    }

    /// <inheritdoc/>
    public ValueTask<StoredToken?> FindAsync(string jti, CancellationToken cancellationToken = default)
    {
        Require(jti, nameof(jti));
        return StoredToken.CanBeId(jti)
            ? _execution.RunAsync(
                RedisOperation.Find,
                (store: this, jti),
                static (call, database, token) => call.store.FindAsync(database, call.jti, token),
                FindOutcome,
                cancellationToken
            )
            : new ValueTask<StoredToken?>((StoredToken?)null);
    }

    /// <inheritdoc/>
    public ValueTask<bool> IsActiveAsync(string jti, string? userId = null, CancellationToken cancellationToken = default)
    {
        Require(jti, nameof(jti));
        if (userId is not null)
            Require(userId, nameof(userId));
        return StoredToken.CanBeId(jti) && (userId is null || StoredToken.CanBeId(userId))
            ? _execution.RunTriesAsync(
                RedisOperation.IsActive,
                new ActiveCheck(this, jti, userId),
                static (check, token) => check.Store.TryIsActiveAsync(check, token),
                ActiveOutcome,
                cancellationToken
            )
            : new ValueTask<bool>(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredToken> ListActiveAsync(string userId, CancellationToken cancellationToken = default)
    {
        Require(userId, nameof(userId));
        return StoredToken.CanBeId(userId) ? ListAsync(userId, cancellationToken) : AsyncEnumerable.Empty<StoredToken>();
    }

    private static RedisTokenStoreOptions Checked(RedisTokenStoreOptions? options)
    {
        options ??= new RedisTokenStoreOptions();
        var result = new RedisTokenStoreOptionsValidator().Validate(name: null, options);
        return result.Failed ? throw new ArgumentException(result.FailureMessage, nameof(options)) : options;
    }

    private static RedisConnection OpenedBy(IConnectionMultiplexer connection, RedisTokenStoreOptions? options, TimeProvider? timeProvider)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new RedisConnection(connection, Checked(options).Database, timeProvider ?? TimeProvider.System);
    }

    private static void Require(string? id, string parameterName)
    {
        if (string.IsNullOrWhiteSpace(id))
            throw new ArgumentException($"{parameterName} must not be null, empty or white space.", parameterName);
    }

    private async ValueTask<StoredToken?> FindAsync(IDatabase database, string jti, CancellationToken cancellationToken)
    {
        var record = await FindRecordAsync(database, jti, cancellationToken).ConfigureAwait(false);
        return record?.ToToken(revoked: !await IsLiveAsync(database, record, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>One try of a check. Naming the user saves a round trip: a token of its own stands in the user's set under a name that follows from the jti alone.</summary>
    internal ValueTask<bool> TryIsActiveAsync(in ActiveCheck check, CancellationToken cancellationToken) =>
        check.UserId is not null && _connection.DatabaseInUse is { } database
            ? LiveAnswer.WaitAsync(check, AskLiveUntilAsync(database, check.Jti, check.UserId), cancellationToken)
            : GoOnAsync(check, liveUntil: null, cancellationToken);

    /// <summary>The same try from the connection on, or from what the server said of a token of its own.</summary>
    internal ValueTask<bool> GoOnAsync(in ActiveCheck check, Task<double?>? liveUntil, CancellationToken cancellationToken) =>
        RedisExecution.TryAsync(
            _connection,
            (check, liveUntil),
            static (call, database, token) => call.check.Store.IsActiveAsync(database, call.check, call.liveUntil, token),
            cancellationToken
        );

    /// <summary>Lets the connection look again, as after every try without an answer; nobody waits for it.</summary>
    internal void LookAgain(CancellationToken cancellationToken) => _ = _connection.LookAgainAsync(cancellationToken).AsTask();

    // In milliseconds since 1970.
    internal long Now() => _timeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    // The client may refuse at once, too; from here on there is one kind of failure.
    [SuppressMessage("Design", "CA1031", Justification = "Every failure is judged later; the caller gets it back in the end.")]
    private Task<double?> AskLiveUntilAsync(IDatabase database, string jti, string userId)
    {
        try
        {
            return RedisTokenCommands.AskLiveUntilAsync(database, _names.Of(jti, userId));
        }
        catch (Exception exception)
        {
            return Task.FromException<double?>(exception);
        }
    }

    private async ValueTask<bool> IsActiveAsync(
        IDatabase database,
        ActiveCheck check,
        Task<double?>? liveUntil,
        CancellationToken cancellationToken
    )
    {
        var (_, jti, userId) = check;
        if (userId is not null)
        {
            liveUntil ??= AskLiveUntilAsync(database, jti, userId);
            if (await liveUntil.WithinAsync(cancellationToken).ConfigureAwait(false) > Now())
                return true;
        }

        return await IsActiveByRecordAsync(database, jti, userId, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> IsActiveByRecordAsync(IDatabase database, string jti, string? userId, CancellationToken cancellationToken)
    {
        var record = await FindRecordAsync(database, jti, cancellationToken).ConfigureAwait(false);
        if (record is null || userId is not null && IsSettled(record, userId))
            return false;
        return await IsLiveAsync(database, record, cancellationToken).ConfigureAwait(false);
    }

    // A token of its own was just asked about and is not live; a token of somebody else's is not this user's.
    private static bool IsSettled(TokenRecord record, string userId) =>
        record.FamilyId is null || !string.Equals(record.UserId, userId, StringComparison.Ordinal);

    /// <summary>The record of a token that has not expired.</summary>
    private async ValueTask<TokenRecord?> FindRecordAsync(IDatabase database, string jti, CancellationToken cancellationToken)
    {
        var now = _timeProvider.GetUtcNow();
        if (_cache.Find(jti) is { } cached && !cached.IsExpired(now))
            return cached;
        var record = await _commands.ReadRecordAsync(database, TokenHash.Of(jti), cancellationToken).ConfigureAwait(false);
        if (record is null || record.IsExpired(now))
            return null;
        _cache.Add(record);
        return record;
    }

    /// <summary>Whether the user's set holds the token, or its family with this token as the last one.</summary>
    private async ValueTask<bool> IsLiveAsync(IDatabase database, TokenRecord record, CancellationToken cancellationToken)
    {
        // First whether it was replaced, then whether the family lives: both only ever change to no, so a yes to both was true at the first question.
        if (
            record.FamilyId is not null
            && await _commands
                .ReadSuccessorAsync(database, record.UserId, TokenHash.Of(record.Jti), cancellationToken)
                .ConfigureAwait(false)
                is not null
        )
            return false;
        return await _commands.LiveUntilAsync(database, record.UserId, record.Member, cancellationToken).ConfigureAwait(false) > Now();
    }
}
