using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>
/// The audit trail in PostgreSQL: entries in the transaction of the fact they record, or over a small pool of its own, many callers' entries in one insert.
/// Safe to use from any thread.
/// </summary>
/// <remarks>
/// Without a transaction, <see cref="AuditPolicyRule.Delivery"/> decides when a call returns. <see cref="AuditDelivery.Committed"/>: when the database has the
/// entry. <see cref="AuditDelivery.DurableAsync"/>: when the database has it or, in an outage, a file in <see cref="PostgresAuditingOptions.SpillDirectory"/>,
/// which is written to the database in order and exactly once as soon as that answers. <see cref="AuditDelivery.BestEffort"/>: at once.
/// </remarks>
public sealed class PostgresAuditLogger : IAuditLogger, IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly AuditEntryComposer _composer;
    private readonly EntryReader _reader;
    private readonly EntryInsert _insert;
    private readonly ILogger _logger;

    /// <summary>Makes a logger. Nothing is opened before the first call.</summary>
    /// <param name="options">Where the trail is and how it is written.</param>
    /// <param name="auditing">Policy and redaction; null for the defaults.</param>
    /// <param name="loggerFactory">Hears of outages and losses; null for silence.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is wrong; the message names all that are.</exception>
    public PostgresAuditLogger(
        PostgresAuditingOptions options,
        AuditingOptions? auditing = null,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsGuard.ThrowIfInvalid(options, nameof(options));
        _logger = loggerFactory?.CreateLogger<PostgresAuditLogger>() ?? NullLogger<PostgresAuditLogger>.Instance;
        var time = timeProvider ?? TimeProvider.System;
        _composer = new AuditEntryComposer(auditing, time, _logger);
        _source = AuditDataSource.Create(options.ConnectionString, options, options.PoolSize);
        _reader = new EntryReader(_source, options.Schema);
        _insert = new EntryInsert(options.Schema);
        Deliveries = new DeliveryLanes(options, _source, _logger, time);
    }

    /// <summary>The ways of entries without a transaction, for the host and the health check.</summary>
    internal DeliveryLanes Deliveries { get; }

    /// <inheritdoc/>
    public async ValueTask<AuditEntry> LogActionAsync(AuditAction action, CancellationToken cancellationToken = default)
    {
        var (entry, rule) = _composer.Compose(action);
        if (rule.Level is AuditLevel.None)
            return entry;
        try
        {
            await Deliveries.WriteAsync(entry, rule.Delivery, cancellationToken).ConfigureAwait(false);
        }
        catch (AuditException failure) when (rule.OnFailure is AuditFailureMode.ContinueAndSignal)
        {
            Lose(failure, failure.Code);
        }

        return entry;
    }

    /// <summary>Records what happened in a transaction of the caller's: the entry is there when that commits, and not when it rolls back.</summary>
    /// <param name="action">What happened.</param>
    /// <param name="transaction">An open transaction on the database of the trail; its role must be allowed to add entries.</param>
    /// <param name="cancellationToken">Ends the statement; the transaction can then only be rolled back.</param>
    /// <returns>The entry. Under a policy of <see cref="AuditLevel.None"/>: as it would have been.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The action makes no valid entry, or the transaction has ended.</exception>
    /// <exception cref="NpgsqlException">The entry could not be written, and the policy for this action is <see cref="AuditFailureMode.FailOperation"/>: the failure as
    /// Npgsql throws it, so that whoever repeats transactions knows it. Under the other one the transaction goes on without the entry, unless it was lost itself.</exception>
    public async ValueTask<AuditEntry> LogActionAsync(
        AuditAction action,
        NpgsqlTransaction transaction,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var connection = OpenTransaction.ConnectionOf(transaction, nameof(transaction));
        var (entry, rule) = _composer.Compose(action);
        if (rule.Level is AuditLevel.None)
            return entry;
        if (rule.OnFailure is AuditFailureMode.FailOperation)
            await _insert.RunAsync(connection, entry, cancellationToken).ConfigureAwait(false);
        else if (await _insert.TryRunAsync(connection, entry, cancellationToken).ConfigureAwait(false) is { } failure)
        {
            Lose(failure, failure.SqlState);
            return entry;
        }

        Deliveries.Metrics.RecordEntry("transactional");
        return entry;
    }

    /// <inheritdoc/>
    public async ValueTask<AuditPage> QueryAsync(AuditFilters filters, CancellationToken cancellationToken = default) =>
        await _reader.ReadAsync(AuditQuery.Create(filters), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public IAsyncEnumerable<AuditEntry> StreamAsync(AuditFilters filters, CancellationToken cancellationToken = default) =>
        StreamAsync(AuditQuery.Create(filters), cancellationToken);

    /// <summary>Begins to write what an earlier process left on disk; without it, that begins with the first durable entry. A host does it.</summary>
    public void Start() => Deliveries.Start();

    /// <summary>Takes no more entries, waits until those that wait are durable, at most <see cref="PostgresAuditingOptions.DrainTimeout"/>, and closes the pool.</summary>
    /// <returns>A task that ends then.</returns>
    public async ValueTask DisposeAsync()
    {
        await Deliveries.DisposeAsync().ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    private void Lose(Exception failure, string code)
    {
        Deliveries.Metrics.RecordDropped(1, DropReason.Failed);
        Log.EntryLost(_logger, code, failure);
    }

    private async IAsyncEnumerable<AuditEntry> StreamAsync(AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var next = query; ; )
        {
            var page = await _reader.ReadAsync(next, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page.Entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
            }

            if (page.NextCursor is not { } cursor)
                yield break;
            next = AuditQuery.Create(query.Filters with { Cursor = cursor });
        }
    }
}
