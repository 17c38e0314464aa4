using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using LedgerLift.Resilience;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>Remembers accepted requests on Redis 7.0 or later, for all hosts that share their keys.</summary>
/// <remarks>
/// <para>Safe to use from any thread. An id expires by the server's clock, and costs about 150 bytes until then.</para>
/// <para>A try whose answer was lost knows its own entry again, so it is not taken for a replay of itself. A server that is down, or full, is a <see cref="TokenStoreException"/>: the request must not be accepted.</para>
/// </remarks>
public sealed class RedisReplayGuard : IReplayGuard
{
    /// <summary>The name of the resilience policy, under which its breaker and its measurements are found: <c>redis-replays</c>.</summary>
    public const string PolicyName = "redis-replays";

    private static readonly Func<bool, string> Outcome = static registered => registered ? "registered" : "known";

    private readonly RedisExecution _execution;
    private readonly TimeProvider _timeProvider;
    private readonly string _prefix;
    private readonly CallNumbers _numbers = new();

    /// <summary>Makes a guard on a connection that the caller opened and closes.</summary>
    /// <param name="connection">The connection. For Sentinel and Cluster, all nodes must be among its endpoints.</param>
    /// <param name="options">Where to remember and how long to wait; null for the defaults. Read once.</param>
    /// <param name="timeProvider">The clock; null for the system's. Timeouts run by it, too.</param>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of range; the message names all that are.</exception>
    [SuppressMessage(
        "Reliability",
        "CA2000:Dispose objects before losing scope",
        Justification = "It closes nothing: the connection is the caller's."
    )]
    public RedisReplayGuard(IConnectionMultiplexer connection, RedisReplayGuardOptions? options = null, TimeProvider? timeProvider = null)
        : this(OpenedBy(connection, options, timeProvider), Checked(options), executor: null, timeProvider) { }

    internal RedisReplayGuard(
        RedisConnection connection,
        RedisReplayGuardOptions options,
        ResilienceExecutor? executor,
        TimeProvider? timeProvider
    )
    {
        _timeProvider = timeProvider ?? TimeProvider.System;
        _prefix = options.KeyPrefix + ":n:";
        executor ??= new ResilienceExecutor(PolicyName, options.Resilience, RedisFailureClassifier.Instance, _timeProvider);
        _execution = new RedisExecution(connection, executor, _timeProvider);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryRegisterAsync(
        ReadOnlyMemory<byte> id,
        DateTimeOffset expiresAt,
        CancellationToken cancellationToken = default
    )
    {
        if (id.IsEmpty)
            throw new ArgumentException("An id must have at least one byte.", nameof(id));
        // What has expired already cannot be remembered, so it cannot be told from a replay.
        if (expiresAt <= _timeProvider.GetUtcNow())
            return new ValueTask<bool>(false);
        return _execution.RunAsync(
            RedisOperation.Register,
            (key: KeyOf(id.Span), number: _numbers.Next(), expiry: expiresAt.ToUnixTimeMilliseconds()),
            static (call, database, token) => RegisterAsync(database, call.key, call.number, call.expiry, token),
            Outcome,
            cancellationToken
        );
    }

    private static RedisReplayGuardOptions Checked(RedisReplayGuardOptions? options)
    {
        options ??= new RedisReplayGuardOptions();
        var result = new RedisReplayGuardOptionsValidator().Validate(name: null, options);
        return result.Failed ? throw new ArgumentException(result.FailureMessage, nameof(options)) : options;
    }

    private static RedisConnection OpenedBy(IConnectionMultiplexer connection, RedisReplayGuardOptions? options, TimeProvider? timeProvider)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new RedisConnection(connection, Checked(options).Database, timeProvider ?? TimeProvider.System);
    }

    private static async ValueTask<bool> RegisterAsync(
        IDatabase database,
        RedisKey key,
        string number,
        long expiry,
        CancellationToken cancellationToken
    )
    {
        var answer = await database
            .ExecuteAsync("SET", new object[] { key, (RedisValue)number, "NX", "GET", "PXAT", expiry }, CommandFlags.DemandMaster)
            .WithinAsync(cancellationToken)
            .ConfigureAwait(false);
        return answer.IsNull || string.Equals((string?)answer, number, StringComparison.Ordinal);
    }

    // A hash, whatever the id holds and however long it is.
    private RedisKey KeyOf(ReadOnlySpan<byte> id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(id, hash);
        return _prefix + Base64Url.EncodeToString(hash);
    }
}
