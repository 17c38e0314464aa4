using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>The two ways into the database for entries without a transaction: one that fails in an outage, and one that goes on to disk. Thread-safe.</summary>
[SuppressMessage("Usage", "CA2213", Justification = "Each queue disposes the writer it was given.")]
internal sealed class DeliveryLanes : IAsyncDisposable
{
    private readonly EntryQueue _committed;
    private readonly EntryQueue _durable;
    private readonly BatchWriter _durableWriter;

    [SuppressMessage("Reliability", "CA2000", Justification = "Each queue disposes the writer it was given, and that its spill log.")]
    internal DeliveryLanes(PostgresAuditingOptions options, NpgsqlDataSource source, ILogger logger, TimeProvider time)
    {
        Metrics = new WriteMetrics(options.Name, () => Depth, () => SpillBytes, time);
        var database = new EntryWriter(source, new EntrySql(options.Schema), options.WriteTimeout, time);
        var spill = options.SpillDirectory is { } folder ? new SpillLog(folder, options.SpillLimitBytes, logger) : null;
        _durableWriter = new BatchWriter(database, spill, options.RetryDelay, Metrics, logger, time);
        _durable = new EntryQueue(options, _durableWriter, time);
        _committed = new EntryQueue(options, new BatchWriter(database, spill: null, options.RetryDelay, Metrics, logger, time), time);
        Metrics.Publish();
    }

    internal WriteMetrics Metrics { get; }

    internal int Depth => _committed.Depth + _durable.Depth;

    /// <summary>Whether entries go to disk at the moment, or what is there is being written.</summary>
    internal bool IsOutage => !_durableWriter.IsDirect;

    internal long SpillBytes => _durableWriter.SpillBytes;

    /// <summary>Begins to write what an earlier process left on disk.</summary>
    internal void Start() => _durable.Start();

    internal async Task WriteAsync(AuditEntry entry, AuditDelivery delivery, CancellationToken cancellationToken)
    {
        var salt = EntrySalt.For(entry);
        switch (delivery)
        {
            case AuditDelivery.Committed:
                await _committed.WriteAsync(entry, salt, cancellationToken).ConfigureAwait(false);
                Metrics.RecordEntry("committed");
                break;
            case AuditDelivery.DurableAsync:
                await _durable.WriteAsync(entry, salt, cancellationToken).ConfigureAwait(false);
                Metrics.RecordEntry("durable_async");
                break;
            default:
                if (_durable.TryWrite(entry, salt))
                    Metrics.RecordEntry("best_effort");
                else
                    Metrics.RecordDropped(1, DropReason.QueueFull);
                break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _committed.DisposeAsync().ConfigureAwait(false);
        await _durable.DisposeAsync().ConfigureAwait(false);
        Metrics.Dispose();
    }
}
