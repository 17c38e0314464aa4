namespace LedgerLift.Storage.Tests;

/// <summary>Keeps every report, in the order of the calls.</summary>
internal sealed class ProgressRecorder(Action<TransferProgress>? then = null) : IProgress<TransferProgress>
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
