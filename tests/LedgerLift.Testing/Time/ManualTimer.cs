namespace LedgerLift.Testing;

/// <summary>One timer of a <see cref="ManualTimeProvider"/>; its settable properties belong to the provider's lock.</summary>
internal sealed class ManualTimer(ManualTimeProvider provider, TimerCallback callback, object? state) : ITimer
{
    // As the system's timers do: what is ambient where a timer is made (an activity, a request id) is ambient in its callback.
    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    public TimeSpan DueAt { get; set; }

    public long Order { get; set; }

    public TimeSpan Period { get; set; }

    public bool Disposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period) => provider.Arm(this, dueTime, period);

    public void Fire()
    {
        if (_context is null)
            callback(state);
        else
            ExecutionContext.Run(_context, callback.Invoke, state);
    }

    public void Dispose()
    {
        provider.Disarm(this);
        _context?.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
