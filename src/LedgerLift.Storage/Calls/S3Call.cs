namespace LedgerLift.Storage;

/// <summary>One operation under way: counts its attempts, each of which sends one request.</summary>
internal sealed class S3Call<TState, T>(
    S3Calls calls,
    S3Operation operation,
    TState state,
    Func<TState, CancellationToken, ValueTask<T>> attempt
)
{
    internal S3Operation Operation => operation;

    internal int Attempts { get; private set; }

    internal ValueTask<T> AttemptAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        calls.Attempting(operation, ++Attempts);
        return attempt(state, cancellationToken);
    }
}
