namespace LedgerLift.Storage;

/// <summary>Tells the caller how far an upload is: from several threads, but never twice at once and never less than before.</summary>
internal sealed class UploadProgress(IProgress<TransferProgress>? progress, long? total)
{
    private long _stored;
    private int _asked;

    /// <summary>All bytes, as soon as they are known.</summary>
    internal long? Total { get; set; } = total;

    /// <summary>The store has so many bytes more.</summary>
    internal void Add(long bytes)
    {
        Interlocked.Add(ref _stored, bytes);
        // Whoever comes first reports for those who come meanwhile, so that reports keep their order without a lock around a stranger's code.
        if (progress is null || Interlocked.Increment(ref _asked) != 1)
            return;
        int seen;
        do
        {
            seen = Volatile.Read(ref _asked);
            progress.Report(new TransferProgress(Interlocked.Read(ref _stored), Total));
        } while (Interlocked.CompareExchange(ref _asked, 0, seen) != seen);
    }
}
