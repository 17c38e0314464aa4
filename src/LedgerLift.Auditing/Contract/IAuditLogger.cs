namespace LedgerLift.Auditing;

/// <summary>Writes audit entries and finds them again. Implementations are safe to use from any thread.</summary>
public interface IAuditLogger
{
    /// <summary>Records what happened. When the task ends well, the entry is in the trail, as durably as the implementation promises.</summary>
    /// <param name="action">What happened. The logger adds id, time, request id and trace id, applies the policy and redacts the details.</param>
    /// <param name="cancellationToken">Ends the wait; the entry may have been written.</param>
    /// <returns>The entry as it was written. Under a policy of <see cref="AuditLevel.None"/>: as it would have been.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="action"/> is null.</exception>
    /// <exception cref="ArgumentException">The action makes no valid entry; see <see cref="AuditEntry"/>.</exception>
    /// <exception cref="AuditException">The entry could not be written, and the policy for this action is <see cref="AuditFailureMode.FailOperation"/>.</exception>
    ValueTask<AuditEntry> LogActionAsync(AuditAction action, CancellationToken cancellationToken = default);

    /// <summary>One page of the entries that match all filters together, newest first, equal times by id in descending order.</summary>
    /// <param name="filters">What to look for; exact match, case-sensitive.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>
    /// At most <see cref="AuditFilters.Limit"/> entries and the cursor of the next page. Following the cursors gives every entry that was there when the
    /// first page was read exactly once, whatever is written meanwhile.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="filters"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="AuditFilters.Limit"/> is outside 1 to 1000.</exception>
    /// <exception cref="ArgumentException">The range of times is reversed, or the cursor was not given out for these filters.</exception>
    /// <exception cref="AuditException">The trail cannot be read.</exception>
    ValueTask<AuditPage> QueryAsync(AuditFilters filters, CancellationToken cancellationToken = default);

    /// <summary>All entries that match, over all pages, newest first; reads ahead no more than a page.</summary>
    /// <param name="filters">What to look for. <see cref="AuditFilters.Limit"/> is the size of the pages that are read, not an end of the stream; a cursor says where to begin.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>The entries.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="filters"/> is null. Thrown at the call.</exception>
    /// <exception cref="ArgumentException">As for <see cref="QueryAsync"/>. Thrown at the call.</exception>
    /// <exception cref="AuditException">The trail cannot be read.</exception>
    IAsyncEnumerable<AuditEntry> StreamAsync(AuditFilters filters, CancellationToken cancellationToken = default);
}
