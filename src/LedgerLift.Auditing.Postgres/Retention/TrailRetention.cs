using Microsoft.Extensions.Logging;
using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Drops months that ended long ago.</summary>
internal sealed class TrailRetention(
    PostgresAuditingOptions options,
    NpgsqlDataSource source,
    AuditSigningKey key,
    ILogger logger,
    TimeProvider time
)
{
    /// <summary>Each month in its own transaction, oldest first; gives the months that were dropped.</summary>
    internal async Task<IReadOnlyList<string>> DropAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var dropped = new List<string>();
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var drop = new PartitionDrop(options, connection);
            foreach (var month in await drop.FindAsync(before, cancellationToken).ConfigureAwait(false))
            {
                var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    // Nobody seals meanwhile, so that the last batch stays the last.
                    if (
                        !await new SealRound(options, new BatchStore(options.Schema), connection)
                            .TryLockAsync(cancellationToken)
                            .ConfigureAwait(false)
                    )
                        throw TrailEraser.NotSealed("The trail is being sealed at this moment.");
                    await drop.RunAsync(month, key, time, cancellationToken).ConfigureAwait(false);
                    await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                }

                dropped.Add(month);
                Log.PartitionDropped(logger, month);
            }
        }

        return dropped;
    }
}
