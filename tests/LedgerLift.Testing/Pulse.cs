namespace LedgerLift.Testing;

/// <summary>Wakes whoever waits, each time something has changed. Take <see cref="Next"/> before looking at the state, then await it.</summary>
internal sealed class Pulse
{
    private TaskCompletionSource _next = NewSource();

    public Task Next => Volatile.Read(ref _next).Task;

    public void Beat() => Interlocked.Exchange(ref _next, NewSource()).TrySetResult();

    /// <summary>Waits until the condition, asked at once and after every beat, is true.</summary>
    /// <exception cref="TimeoutException">It was not in time; the message is <paramref name="failure"/>'s.</exception>
    public async Task UntilAsync(Func<bool> condition, TimeSpan timeout, Func<string> failure)
    {
        using var limit = new CancellationTokenSource(timeout);
        try
        {
            var next = Next;
            while (!condition())
            {
                await next.WaitAsync(limit.Token);
                next = Next;
            }
        }
        catch (OperationCanceledException cause) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException(failure(), cause);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
