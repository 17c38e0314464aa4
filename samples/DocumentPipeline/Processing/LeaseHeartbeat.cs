namespace DocumentPipeline;

/// <summary>Renews the lease of a document while it is worked on, and says when it is lost.</summary>
internal sealed class LeaseHeartbeat : IAsyncDisposable
{
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _done = new();
    private readonly Task _beating;

    public LeaseHeartbeat(IWorkQueue queue, WorkItem item, TimeSpan lease, TimeProvider time, CancellationToken stop)
    {
        _lost = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _beating = BeatAsync(queue, item, lease, time);
    }

    /// <summary>Ends when the document is no longer ours, or the worker is asked to stop.</summary>
    public CancellationToken Held => _lost.Token;

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _beating;
        _done.Dispose();
        _lost.Dispose();
    }

    private async Task BeatAsync(IWorkQueue queue, WorkItem item, TimeSpan lease, TimeProvider time)
    {
        var renewed = time.GetTimestamp();
        try
        {
            while (time.GetElapsedTime(renewed) < lease)
            {
                await Task.Delay(lease / 3, time, _done.Token);
                var asked = time.GetTimestamp();
                var isOurs = await TryRenewAsync(queue, item, lease);
                if (isOurs == false)
                    break;
                if (isOurs == true)
                    renewed = asked;
            }

            await _lost.CancelAsync();
        }
        catch (OperationCanceledException) when (_done.IsCancellationRequested)
        {
            // The work is done.
        }
    }

    // Null: nobody could say; the lease still runs.
    private async Task<bool?> TryRenewAsync(IWorkQueue queue, WorkItem item, TimeSpan lease)
    {
        try
        {
            return await queue.RenewAsync(item, lease, _done.Token);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return null;
        }
    }
}
