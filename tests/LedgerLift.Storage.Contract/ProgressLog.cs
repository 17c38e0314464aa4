namespace LedgerLift.Storage.Contract;

/// <summary>Keeps what an upload reports, in order; on the thread that reports.</summary>
/// <param name="then">Called with each report once it is kept.</param>
internal sealed class ProgressLog(Action<TransferProgress>? then = null) : IProgress<TransferProgress>
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
        then?.Invoke(value);
    }
}
