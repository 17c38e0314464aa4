namespace LedgerLift.Data;

/// <summary>Runs an action once, when disposed. Thread-safe.</summary>
internal sealed class Subscription(Action end) : IDisposable
{
    private Action? _end = end;

    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}
