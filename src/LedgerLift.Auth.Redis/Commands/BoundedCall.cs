using System.Runtime.CompilerServices;

namespace LedgerLift.Auth.Redis;

/// <summary>Bounds calls of a client that has no timeout of its own for asynchronous ones.</summary>
internal static class BoundedCall
{
    /// <summary>Waits for an answer until a token ends the wait; the call itself cannot be taken back, and its late answer is dropped.</summary>
    /// <exception cref="OperationCanceledException">The token ended the wait.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal static async ValueTask<T> WithinAsync<T>(this Task<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!call.IsCompleted)
        {
            Abandon(call);
            throw;
        }
    }

    /// <summary>Looks at the failure of a call that nobody waits for any more, so that it is not reported as unobserved.</summary>
    internal static void Abandon(Task call) =>
        _ = call.ContinueWith(
            static ended => _ = ended.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
}
