using LedgerLift.Resilience;

namespace LedgerLift.Storage;

/// <summary>What a store has done since it was made. Each number is exact; together they are read without a stop, so they may be a call apart.</summary>
/// <param name="Requests">Operations begun.</param>
/// <param name="Succeeded">Operations that ended well; an object that is not there is an answer too.</param>
/// <param name="Failed">Operations that failed. What the caller cancelled is neither.</param>
/// <param name="Retries">Attempts after the first one.</param>
/// <param name="Rejected">Operations that an open circuit breaker refused.</param>
/// <param name="BytesSent">Bytes of content written to the store, repeats included.</param>
/// <param name="BytesReceived">Bytes of content read from the store.</param>
/// <param name="MeanDuration">The mean time of an operation that ended; zero before the first.</param>
/// <param name="Breaker">The circuit breaker's state; <see cref="BreakerState.Closed"/> where there is none.</param>
public sealed record ObjectStoreStatistics(
    long Requests,
    long Succeeded,
    long Failed,
    long Retries,
    long Rejected,
    long BytesSent,
    long BytesReceived,
    TimeSpan MeanDuration,
    BreakerState Breaker
);
