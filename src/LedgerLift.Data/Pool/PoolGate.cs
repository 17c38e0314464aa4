namespace LedgerLift.Data;

/// <summary>
/// Lets as many sessions through as the pool has connections, in the order they came, and knows who waits. Npgsql's own wait shares one limit with the time to
/// connect, and so could not tell a full pool from a slow server. Thread-safe.
/// </summary>
internal sealed class PoolGate(int places, TimeSpan longestWait, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _places = new(places, places);
    private int _pending;

    public int Pending => Volatile.Read(ref _pending);

    public int InUse => places - _places.CurrentCount;

    /// <summary>Takes a place; false when the wait was too long.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public ValueTask<bool> EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
#pragma warning disable VSTHRD103 // A wait of zero does not block; asynchronously it would cost an allocation for each session.
        var isFree = _places.Wait(0, CancellationToken.None);
#pragma warning restore VSTHRD103
        if (isFree)
            return ValueTask.FromResult(true);
        return longestWait == TimeSpan.Zero ? ValueTask.FromResult(false) : WaitAsync(cancellationToken);
    }

    public void Leave() => _places.Release();

    public void Dispose() => _places.Dispose();

    private async ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _pending);
        try
        {
            using var limit = new CancellationTokenSource(longestWait, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                await _places.WaitAsync(either.Token).ConfigureAwait(false);
                return true;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return false;
            }
            catch (OperationCanceledException canceled)
            {
                // With the caller's own token, not with the one linked to it.
                throw new OperationCanceledException(canceled.Message, canceled, cancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }
}
