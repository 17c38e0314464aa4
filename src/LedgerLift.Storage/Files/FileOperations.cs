using System.Runtime.ExceptionServices;

namespace LedgerLift.Storage;

/// <summary>Counts the operations of the file-system store and gives the system's failures their meaning.</summary>
internal sealed class FileOperations(StoreTally tally)
{
    internal async ValueTask<T> RunAsync<TState, T>(
        string operation,
        TState state,
        Func<TState, CancellationToken, ValueTask<T>> work,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = tally.Begin();
        tally.Attempt(operation, isRetry: false);
        try
        {
            var result = await work(state, cancellationToken).ConfigureAwait(false);
            tally.Succeeded(operation, started);
            return result;
        }
        catch (Exception failure) when (!IsOwnCancellation(failure, cancellationToken))
        {
            var (translated, error) = Translate(failure);
            tally.Failed(operation, started, error);
            if (ReferenceEquals(translated, failure))
                throw;
            ExceptionDispatchInfo.Throw(translated);
            throw;
        }
    }

    /// <summary>What the caller sees, and its word in the metrics.</summary>
    internal static (Exception Translated, string Error) Translate(Exception failure) =>
        failure switch
        {
            StorageException known => (known, known.Code),
            SourceStreamException { InnerException: { } cause } => (cause, "source"),
            UnauthorizedAccessException denied => (
                new StorageException(StorageErrorCodes.Refused, "The process may not use the store's folder.", isTransient: false, denied),
                StorageErrorCodes.Refused
            ),
            IOException broken => (
                new StorageUnavailableException("The store's folder cannot be read or written.", broken),
                StorageErrorCodes.Unavailable
            ),
            _ => (failure, "argument"),
        };

    private static bool IsOwnCancellation(Exception failure, CancellationToken cancellationToken) =>
        failure is OperationCanceledException && cancellationToken.IsCancellationRequested;
}
