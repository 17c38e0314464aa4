using System.Diagnostics;
using LedgerLift.Resilience;
using LedgerLift.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DocumentPipeline;

/// <summary>Works on one document that was taken from the queue, and gives it back with what came of it.</summary>
public sealed class DocumentProcessor(
    IWorkQueue queue,
    IObjectStore store,
    IOptions<WorkerOptions> options,
    TimeProvider time,
    ILogger<DocumentProcessor> logger
)
{
    private readonly DocumentReader _reader = new(options.Value.Limits);

    /// <summary>Works on the document and notes the outcome. What goes wrong with the document becomes its status, not an exception.</summary>
    /// <param name="item">The document.</param>
    /// <param name="stop">Asks to give the document back soon; it goes to the next worker at once.</param>
    public async Task ProcessAsync(WorkItem item, CancellationToken stop)
    {
        using var activity = DocumentActivity.Start(item);
        await using var heartbeat = new LeaseHeartbeat(queue, item, options.Value.Lease, time, stop);
        try
        {
            var found = await ReadAsync(item, heartbeat.Held);
            if (await queue.CompleteAsync(item, found, CancellationToken.None))
                Log.Completed(logger, item.Document.Id, found.Artifacts.Count, item.Attempt);
            else
                Log.LeaseLost(logger, item.Document.Id);
        }
        catch (UnreadableException fault)
        {
            await FailAsync(item, fault.Message, retryAfter: null, fault);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await FailAsync(item, "The worker was stopped; another one goes on.", TimeSpan.Zero, cause: null);
        }
        catch (OperationCanceledException) when (heartbeat.Held.IsCancellationRequested)
        {
            Log.LeaseLost(logger, item.Document.Id);
        }
#pragma warning disable CA1031 // Whatever a document provokes, it must not stop the worker: it is tried again, and failed in the end.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            await RetryAsync(item, failure);
        }
    }

    private async Task<Extraction> ReadAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var document = item.Document;
        await using var content = await store.OpenReadAsync(ObjectKey.Parse(document.Key), cancellationToken);
        return await _reader.ReadAsync(document.Id, document.ContentType, document.Sha256, content, cancellationToken);
    }

    private Task RetryAsync(WorkItem item, Exception failure)
    {
        if (failure is ObjectNotFoundException)
            return FailAsync(item, "The stored object is gone.", retryAfter: null, failure);
        if (item.Attempt >= options.Value.MaxAttempts)
            return FailAsync(item, $"Given up after {item.Attempt} tries; the last ended with {Kind(failure)}.", retryAfter: null, failure);
        var wait = JitteredBackoff.GetDelay(options.Value.Retry, item.Attempt - 1, Chance.NextDouble());
        return FailAsync(item, $"Try {item.Attempt} ended with {Kind(failure)}; tried again.", wait, failure);
    }

    private async Task FailAsync(WorkItem item, string reason, TimeSpan? retryAfter, Exception? cause)
    {
        if (!await queue.FailAsync(item, reason, retryAfter, CancellationToken.None))
            Log.LeaseLost(logger, item.Document.Id);
        else if (retryAfter is null)
        {
            Activity.Current?.SetStatus(ActivityStatusCode.Error, reason);
            Log.Failed(logger, item.Document.Id, reason, cause);
        }
        else
            Log.TriedAgain(logger, item.Document.Id, item.Attempt, retryAfter.Value.TotalSeconds, cause);
    }

    // The kind of failure is for the owner; its text may name servers and goes to the log only.
    private static string Kind(Exception failure) =>
        failure switch
        {
            StorageException => "an error of the object store",
            TimeoutException => "a timeout",
            _ => "an unexpected error",
        };
}
