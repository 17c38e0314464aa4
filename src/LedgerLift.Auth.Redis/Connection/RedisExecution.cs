using System.Runtime.CompilerServices;
using LedgerLift.Resilience;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>Runs work on the server: bounded, retried and guarded by the policy, measured, and with one kind of exception at the end.</summary>
internal sealed class RedisExecution(RedisConnection connection, ResilienceExecutor executor, TimeProvider timeProvider)
{
    /// <summary>Runs work whose every try may be repeated; what must not be repeated is the state's own matter.</summary>
    /// <exception cref="TokenStoreException">The server could not do it in time, or the work says so.</exception>
    internal ValueTask<T> RunAsync<TState, T>(
        RedisOperation operation,
        TState state,
        Func<TState, IDatabase, CancellationToken, ValueTask<T>> work,
        Func<T, string> outcome,
        CancellationToken cancellationToken
    ) =>
        RunTriesAsync(
            operation,
            (connection, state, work),
            static (call, token) => TryAsync(call.connection, call.state, call.work, token),
            outcome,
            cancellationToken
        );

    /// <summary>The same for work that takes its connection itself and, when a try fails, lets it look again.</summary>
    internal ValueTask<T> RunTriesAsync<TState, T>(
        RedisOperation operation,
        TState state,
        Func<TState, CancellationToken, ValueTask<T>> attempt,
        Func<T, string> outcome,
        CancellationToken cancellationToken
    )
    {
        var call = RedisCall<T>.Begin(timeProvider, operation, outcome, cancellationToken);
        return call.RunAsync(executor.ExecuteAsync(OperationSafety.Idempotent, state, attempt, cancellationToken));
    }

    /// <summary>One try: takes the connection, and when that may lead to a server that is not the master any more, lets it look again.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal static async ValueTask<T> TryAsync<TState, T>(
        RedisConnection connection,
        TState state,
        Func<TState, IDatabase, CancellationToken, ValueTask<T>> work,
        CancellationToken cancellationToken
    )
    {
        var database = await connection.GetDatabaseAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await work(state, database, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisErrors.MayHaveMoved(exception))
        {
            await connection.LookAgainAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }
    }
}
