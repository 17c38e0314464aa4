namespace LedgerLift.Resilience.Tests;

/// <summary>Counts what is posted to it, and runs it on the pool, itself being the context there.</summary>
internal sealed class CountingSynchronizationContext : SynchronizationContext
{
    private int _posts;

    internal int Posts => Volatile.Read(ref _posts);

    public override void Post(SendOrPostCallback d, object? state)
    {
        Interlocked.Increment(ref _posts);
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                SetSynchronizationContext(this);
                d(state);
                SetSynchronizationContext(null);
            },
            null
        );
    }
}
