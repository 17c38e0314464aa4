namespace LedgerLift.Storage.Contract;

/// <summary>Keeps what an upload reports, in order; on the thread that reports.</summary>
internal sealed class ProgressLog : IProgress<TransferProgress>
{
    private readonly Lock _lock = new();
    private readonly List<TransferProgress> _reports = [];

    public IReadOnlyList<TransferProgress> Reports
    {
        get
        {
            lock (_lock)
                return [.. _reports];
        }
    }

    public void Report(TransferProgress value)
    {
        lock (_lock)
            _reports.Add(value);
    }
}
