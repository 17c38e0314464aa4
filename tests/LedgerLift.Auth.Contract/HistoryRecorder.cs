using System.Collections.Concurrent;

namespace LedgerLift.Auth.Contract;

/// <summary>Lets several callers work on one store at once and writes down what each saw and when.</summary>
internal sealed class HistoryRecorder(ITokenStore store, DateTimeOffset origin)
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
            var answer = await operation.RunAsync(store, origin);
            _calls.Enqueue(new HistoryCall(caller, operation, answer, made, Interlocked.Increment(ref _order)));
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
