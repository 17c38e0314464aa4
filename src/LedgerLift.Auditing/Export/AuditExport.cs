namespace LedgerLift.Auditing;

/// <summary>Writes entries for other systems, one JSON object a line. Safe to use from any thread.</summary>
public static class AuditExport
{
    private const int FlushAt = 32 << 10;

    /// <summary>Writes entries as <see cref="AuditEntry.ToJson"/> does.</summary>
    /// <param name="entries">The entries, such as those of <see cref="IAuditLogger.StreamAsync"/>.</param>
    /// <param name="output">Where they go; flushed, stays open.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    /// <returns>How many entries were written.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static Task<long> WriteNdjsonAsync(
        IAsyncEnumerable<AuditEntry> entries,
        Stream output,
        CancellationToken cancellationToken = default
    ) => WriteAsync(entries, output, new NdjsonForm(), cancellationToken);

    /// <summary>Writes entries as CloudEvents 1.0 in the JSON format: <c>type</c> is <c>ledgerlift.audit.</c> and the action, <c>subject</c> the resource, <c>data</c> the whole entry.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="output">Where they go; flushed, stays open.</param>
    /// <param name="source">Who sends them, the <c>source</c> of every event: with the id of the entry, no other event has it.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    /// <returns>How many entries were written.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="source"/> is empty.</exception>
    public static Task<long> WriteCloudEventsAsync(
        IAsyncEnumerable<AuditEntry> entries,
        Stream output,
        Uri source,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.OriginalString.Length == 0)
            throw new ArgumentException("The source of an event must not be empty.", nameof(source));
        return WriteAsync(entries, output, new CloudEventsForm(source), cancellationToken);
    }

    /// <summary>Writes entries as API Activity (class 6003) of the Open Cybersecurity Schema Framework 1.8.0, with the trace profile where there is a trace.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="output">Where they go; flushed, stays open.</param>
    /// <param name="productName">Which product made them, the <c>metadata.product.name</c> of every event.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    /// <returns>How many entries were written.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="productName"/> is blank.</exception>
    public static Task<long> WriteOcsfAsync(
        IAsyncEnumerable<AuditEntry> entries,
        Stream output,
        string productName,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(productName);
        return WriteAsync(entries, output, new OcsfForm(productName), cancellationToken);
    }

    private static Task<long> WriteAsync(
        IAsyncEnumerable<AuditEntry> entries,
        Stream output,
        IExportForm form,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(output);
        return new LineWriter(output, FlushAt).WriteAllAsync(entries, form, cancellationToken);
    }
}
