using System.Collections.Concurrent;

namespace LedgerLift.Auth.Contract;

/// <summary>Lets several callers work on one store at once and writes down what each saw and when.</summary>
internal sealed class HistoryRecorder(ITokenStore store, DateTimeOffset origin, bool amidFaults = false)
{
    private readonly ConcurrentQueue<HistoryCall> _calls = [];
    private long _order;

    /// <summary>The calls so far.</summary>
    public IReadOnlyList<HistoryCall> Calls => [.. _calls];

    /// <summary>Makes one caller's calls, one after the other.</summary>
    public async Task RunAsync(int caller, IEnumerable<TokenOperation> operations)
    {
        foreach (var operation in operations)
        {
            var made = Interlocked.Increment(ref _order);
            var answer = await AskAsync(operation);
            _calls.Enqueue(
                new HistoryCall(caller, operation, answer, made, answer is null ? long.MaxValue : Interlocked.Increment(ref _order))
            );
        }
    }

    // When an answer was lost and the call was repeated, a revoke cannot tell its own work from somebody else's.
    private async Task<string?> AskAsync(TokenOperation operation)
    {
        try
        {
            var answer = await operation.RunAsync(store, origin);
            return amidFaults && answer is nameof(RevokeOutcome.AlreadyRevoked)
                ? $"{nameof(RevokeOutcome.AlreadyRevoked)}|{nameof(RevokeOutcome.Revoked)}"
                : answer;
        }
        catch (TokenStoreException) when (amidFaults)
        {
            return null;
        }
    }

    /// <summary>Lets each caller work on a thread of its own, all starting at once.</summary>
    public void RunOn(CallerThreads threads, IReadOnlyList<TokenOperation[]> callers) =>
        threads.Run(caller =>
        {
            // The in-memory store answers at once; nothing is awaited here.
            if (!RunAsync(caller, callers[caller]).IsCompletedSuccessfully)
                throw new InvalidOperationException("The store did not answer at once, or threw.");
        });
}
