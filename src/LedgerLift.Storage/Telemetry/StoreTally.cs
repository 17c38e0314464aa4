using System.Diagnostics;
using LedgerLift.Resilience;

namespace LedgerLift.Storage;

/// <summary>Counts what a store does, for its statistics and for the meter. Thread-safe; allocates nothing.</summary>
internal sealed class StoreTally(string store, TimeProvider time)
{
    private long _requests;
    private long _succeeded;
    private long _failed;
    private long _retries;
    private long _rejected;
    private long _sent;
    private long _received;
    private long _ended;
    private long _ticks;

    /// <summary>An operation begins; the answer goes to the end of it.</summary>
    internal long Begin()
    {
        Interlocked.Increment(ref _requests);
        return time.GetTimestamp();
    }

    internal void Succeeded(string operation, long started) => End(ref _succeeded, operation, started, error: null);

    internal void Failed(string operation, long started, string error) => End(ref _failed, operation, started, error);

    internal void Rejected(string operation, long started, string error)
    {
        Interlocked.Increment(ref _rejected);
        End(ref _failed, operation, started, error);
    }

    internal void Attempt(string operation, bool isRetry)
    {
        if (isRetry)
            Interlocked.Increment(ref _retries);
        if (StorageMeter.OperationAttempts.Enabled)
            StorageMeter.OperationAttempts.Add(1, new(StorageMeter.OperationTag, operation), new(StorageMeter.StoreTag, store));
    }

    internal void Sent(long bytes)
    {
        Interlocked.Add(ref _sent, bytes);
        Count(bytes, "transmit");
    }

    internal void Received(long bytes)
    {
        Interlocked.Add(ref _received, bytes);
        Count(bytes, "receive");
    }

    internal ObjectStoreStatistics Read(BreakerState breaker)
    {
        var ended = Volatile.Read(ref _ended);
        return new ObjectStoreStatistics(
            Volatile.Read(ref _requests),
            Volatile.Read(ref _succeeded),
            Volatile.Read(ref _failed),
            Volatile.Read(ref _retries),
            Volatile.Read(ref _rejected),
            Volatile.Read(ref _sent),
            Volatile.Read(ref _received),
            ended == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(Volatile.Read(ref _ticks) / ended),
            breaker
        );
    }

    private void End(ref long counter, string operation, long started, string? error)
    {
        Interlocked.Increment(ref counter);
        var elapsed = time.GetElapsedTime(started);
        Interlocked.Add(ref _ticks, elapsed.Ticks);
        Interlocked.Increment(ref _ended);
        if (!StorageMeter.OperationDuration.Enabled)
            return;
        var tags = new TagList { { StorageMeter.OperationTag, operation }, { StorageMeter.StoreTag, store } };
        if (error is not null)
            tags.Add(StorageMeter.ErrorTag, error);
        StorageMeter.OperationDuration.Record(elapsed.TotalSeconds, tags);
    }

    private void Count(long bytes, string direction)
    {
        if (StorageMeter.TransferBytes.Enabled)
            StorageMeter.TransferBytes.Add(bytes, new(StorageMeter.DirectionTag, direction), new(StorageMeter.StoreTag, store));
    }
}
