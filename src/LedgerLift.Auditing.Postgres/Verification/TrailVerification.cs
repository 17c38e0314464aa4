using System.Data;
using System.Diagnostics.Metrics;
using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>One verification of the whole trail, counted by what it found.</summary>
internal sealed class TrailVerification(
    PostgresAuditingOptions options,
    NpgsqlDataSource source,
    TrailKeys keys,
    IReadOnlyList<IAuditAnchorSource> anchors
)
{
    private static readonly Counter<long> Failures = AuditingMeter.Instance.CreateCounter<long>(
        "ledgerlift.auditing.verify.failures",
        "{finding}",
        "What verifications found, by its kind."
    );

    internal async Task<AuditVerification> RunAsync(CancellationToken cancellationToken)
    {
        // The anchors first: whatever they hold by now is in the snapshot that is taken next.
        var checkpoints = new List<AuditCheckpoint>();
        foreach (var anchor in anchors)
        {
            await foreach (var checkpoint in anchor.ReadAsync(cancellationToken).ConfigureAwait(false))
                checkpoints.Add(checkpoint);
        }

        var result = await StaleConnections
            .RetryAsync(source, () => CheckAsync(checkpoints, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        foreach (var tamper in result.Tampers)
            Failures.Add(1, new("db.client.connection.pool.name", options.Name), new("ledgerlift.auditing.kind", tamper.Kind));
        return result;
    }

    private async Task<AuditVerification> CheckAsync(List<AuditCheckpoint> checkpoints, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
            await using (snapshot.ConfigureAwait(false))
            {
                var check = new TrailCheck(options, new BatchStore(options.Schema), keys.All);
                return await check.RunAsync(connection, checkpoints, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
