using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Auditing;

/// <summary>An audit trail in the memory of one process: for tests, for development, and for a host that sends its entries elsewhere. It is gone with the process.</summary>
/// <remarks>
/// Safe to use from any thread. Keeps at most <see cref="InMemoryAuditOptions.MaxEntries"/> entries; one more pushes out the one that was written first. Times are
/// taken in the order of the writes. A query copies the references to all entries and looks at them one by one.
/// </remarks>
public sealed class InMemoryAuditLogger : IAuditLogger, IAuditStatusSource
{
    private readonly Lock _lock = new();
    private readonly EntryRing _ring;
    private readonly AuditEntryComposer _composer;
    private readonly TimeProvider _timeProvider;
    private long _written;

    /// <summary>Makes an empty trail.</summary>
    /// <param name="options">How much to keep; null for the defaults. Read once.</param>
    /// <param name="timeProvider">The clock of the entries; null for the system's.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names all that are.</exception>
    public InMemoryAuditLogger(InMemoryAuditOptions? options = null, TimeProvider? timeProvider = null)
        : this(options, auditing: null, timeProvider) { }

    /// <summary>Makes an empty trail with a policy and redaction.</summary>
    /// <param name="options">How much to keep; null for the defaults. Read once.</param>
    /// <param name="auditing">Policy and redaction; null for the defaults. Read once.</param>
    /// <param name="timeProvider">The clock of the entries; null for the system's.</param>
    /// <param name="logger">Hears of details that could not be redacted; null for silence.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names all that are.</exception>
    public InMemoryAuditLogger(
        InMemoryAuditOptions? options,
        AuditingOptions? auditing,
        TimeProvider? timeProvider = null,
        ILogger<InMemoryAuditLogger>? logger = null
    )
    {
        options ??= new InMemoryAuditOptions();
        OptionsGuard.ThrowIfInvalid(new InMemoryAuditOptionsValidator(), options, nameof(options));
        _timeProvider = timeProvider ?? TimeProvider.System;
        _composer = new AuditEntryComposer(auditing, _timeProvider, logger);
        _ring = new EntryRing(options.MaxEntries);
    }

    /// <summary>How many entries are kept.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _ring.Count;
        }
    }

    /// <inheritdoc/>
    public ValueTask<AuditEntry> LogActionAsync(AuditAction action, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<AuditEntry>(cancellationToken);
        var started = AuditingMeter.Start(_timeProvider);
        var (entry, rule) = _composer.Compose(action);
        if (rule.Level is AuditLevel.None)
        {
            AuditingMeter.Written(_timeProvider, started, rule.Level);
            return new ValueTask<AuditEntry>(entry);
        }

        bool hasPushedOut;
        lock (_lock)
        {
            // The time is taken again here, so that no entry is older than one that was written before it.
            entry = entry.At(_timeProvider.GetUtcNow());
            hasPushedOut = _ring.Add(entry);
            _written++;
        }

        if (hasPushedOut)
            AuditingMeter.PushedOut();
        AuditingMeter.Written(_timeProvider, started, rule.Level);
        return new ValueTask<AuditEntry>(entry);
    }

    /// <inheritdoc/>
    public ValueTask<AuditPage> QueryAsync(AuditFilters filters, CancellationToken cancellationToken = default)
    {
        var query = AuditQuery.Create(filters);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<AuditPage>(cancellationToken)
            : new ValueTask<AuditPage>(Read(query));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<AuditEntry> StreamAsync(AuditFilters filters, CancellationToken cancellationToken = default) =>
        StreamAsync(AuditQuery.Create(filters), cancellationToken);

    /// <inheritdoc/>
    public AuditStatus GetStatus()
    {
        lock (_lock)
            return new AuditStatus(
                AuditState.Healthy,
                "The audit trail is in memory.",
                new Dictionary<string, long>(StringComparer.Ordinal)
                {
                    ["entries"] = _ring.Count,
                    ["maxEntries"] = _ring.Capacity,
                    ["pushedOut"] = _written - _ring.Count,
                }
            );
    }

    private AuditPage Read(AuditQuery query)
    {
        AuditEntry[] all;
        lock (_lock)
            all = _ring.ToArray();
        var limit = query.Filters.Limit;
        var page = all.Where(query.Matches).OrderDescending(EntryOrder.OldestFirst).Take(limit + 1).ToList();
        if (page.Count <= limit)
            return new AuditPage(page, NextCursor: null);
        page.RemoveAt(limit);
        return new AuditPage(page, query.CursorAfter(page[^1]));
    }

    private async IAsyncEnumerable<AuditEntry> StreamAsync(AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filters = query.Filters;
        do
        {
            var page = await QueryAsync(filters, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page.Entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
            }

            filters = filters with { Cursor = page.NextCursor };
        } while (filters.Cursor is not null);
    }
}
