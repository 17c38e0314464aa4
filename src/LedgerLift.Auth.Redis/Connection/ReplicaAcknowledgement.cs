using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>Waits until replicas have a write: by a small write behind it, on a connection of its own, since waiting holds up all that shares one.</summary>
/// <remarks>A master sends its writes to its replicas in order. A replica that has the later write has the earlier one.</remarks>
internal sealed class ReplicaAcknowledgement(RedisConnection connection, RedisTokenKeys keys, int required, TimeSpan timeout)
{
    private static readonly TimeSpan MarkLife = TimeSpan.FromSeconds(1);

    /// <summary>Waits until the replicas that are required have every write that was answered before this call.</summary>
    /// <exception cref="TokenStoreException">Too few replicas have it in time.</exception>
    internal async ValueTask WaitAsync(string userId, CancellationToken cancellationToken)
    {
        var confirmed = await RedisExecution
            .TryAsync(
                connection,
                (replicas: this, userId),
                static (call, database, token) => call.replicas.CountAsync(database, call.userId, token),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (confirmed < required)
            throw TokenStoreFailure.NotReplicated(required, confirmed);
    }

    private async ValueTask<long> CountAsync(IDatabase database, string userId, CancellationToken cancellationToken)
    {
        if (connection.IsCluster())
            throw TokenStoreFailure.NoClusterReplicas();
        // One after the other on one connection, without waiting in between: WAIT speaks of the connection's own last write.
        var written = database.StringSetAsync(keys.Written(userId), "", MarkLife, When.Always, CommandFlags.DemandMaster);
        var confirming = database.ExecuteAsync(
            "WAIT",
            new object[] { required, (long)timeout.TotalMilliseconds },
            CommandFlags.DemandMaster
        );
        BoundedCall.Abandon(confirming);
        await written.WithinAsync(cancellationToken).ConfigureAwait(false);
        return (long)await confirming.WithinAsync(cancellationToken).ConfigureAwait(false);
    }
}
