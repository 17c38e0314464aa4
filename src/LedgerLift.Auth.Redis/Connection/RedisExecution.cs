using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
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
    /// <remarks>The path of every check of a token: one state machine for the call, one of the executor for the policy, one for the try.</remarks>
    [SuppressMessage("Design", "CA1031", Justification = "Every failure is rethrown, as what it means to the caller.")]
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<T> RunTriesAsync<TState, T>(
        RedisOperation operation,
        TState state,
        Func<TState, CancellationToken, ValueTask<T>> attempt,
        Func<T, string> outcome,
        CancellationToken cancellationToken
    )
    {
        var started = RedisTelemetry.Start(timeProvider);
        var span = RedisTelemetry.StartSpan(operation);
        var result = default(T)!;
        Exception? failure = null;
        try
        {
            result = await executor.ExecuteAsync(OperationSafety.Idempotent, state, attempt, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = IsServers(exception, cancellationToken) ? TokenStoreFailure.Of(exception) : exception;
        }

        RedisTelemetry.Stop(timeProvider, started, span, operation, failure is null ? outcome(result) : Describe(failure, span));
        span?.Dispose();
        // Answers arrive on the one thread that reads all of them. What the caller does next must not hold up the answers of all others.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        return result;
    }

    private static string Describe(Exception failure, Activity? span)
    {
        if (failure is not TokenStoreException exception)
            return failure is OperationCanceledException ? "canceled" : "refused";
        RedisTelemetry.Fail(span, exception.Code);
        return exception.Code;
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
