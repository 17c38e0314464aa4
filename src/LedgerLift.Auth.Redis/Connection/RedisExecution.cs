using System.Runtime.CompilerServices;
using LedgerLift.Resilience;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>Runs work on the server: bounded, retried and guarded by the policy, measured, and with one kind of exception at the end.</summary>
internal sealed class RedisExecution(RedisConnection connection, ResilienceExecutor executor, TimeProvider timeProvider)
{
    /// <summary>Runs work whose every try may be repeated; what must not be repeated is the state's own matter.</summary>
    /// <exception cref="TokenStoreException">The server could not do it in time, or the work says so.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<T> RunAsync<TState, T>(
        RedisOperation operation,
        TState state,
        Func<TState, IDatabase, CancellationToken, ValueTask<T>> work,
        Func<T, string> outcome,
        CancellationToken cancellationToken
    )
    {
        var started = RedisTelemetry.Start(timeProvider);
        using var span = RedisTelemetry.StartSpan(operation);
        var answer = "refused";
        try
        {
            var result = await ExecuteAsync(state, work, cancellationToken).ConfigureAwait(false);
            answer = outcome(result);
            return result;
        }
        catch (OperationCanceledException)
        {
            answer = "canceled";
            throw;
        }
        catch (TokenStoreException exception)
        {
            answer = exception.Code;
            RedisTelemetry.Fail(span, exception.Code);
            throw;
        }
        finally
        {
            RedisTelemetry.Stop(timeProvider, started, span, operation, answer);
            // Answers arrive on the one thread that reads all of them. What the caller does next must not hold up the answers of all others.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> ExecuteAsync<TState, T>(
        TState state,
        Func<TState, IDatabase, CancellationToken, ValueTask<T>> work,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await executor
                .ExecuteAsync(
                    OperationSafety.Idempotent,
                    (connection, state, work),
                    static (call, token) => TryAsync(call.connection, call.state, call.work, token),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (IsServers(exception, cancellationToken))
        {
            throw TokenStoreFailure.Of(exception);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<T> TryAsync<TState, T>(
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

    private static bool IsServers(Exception exception, CancellationToken cancellationToken) =>
        exception switch
        {
            ArgumentException or TokenStoreException => false,
            OperationCanceledException => !cancellationToken.IsCancellationRequested,
            _ => true,
        };
}
