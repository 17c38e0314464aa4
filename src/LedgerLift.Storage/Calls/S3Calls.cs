using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Amazon.Runtime;
using LedgerLift.Resilience;

namespace LedgerLift.Storage;

/// <summary>
/// The one way to the wire: every request runs through one retry, one budget and one breaker, and is measured, counted and, when it fails, translated here.
/// Each attempt is one request. Thread-safe.
/// </summary>
internal sealed class S3Calls
{
    private const string PolicyName = "ledgerlift.storage";

    private readonly ResilienceExecutor _questions;
    private readonly ResilienceExecutor _transfers;
    private readonly S3Telemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly RetryOptions _retry;

    internal S3Calls(StorageOptions options, S3Telemetry telemetry, TimeProvider timeProvider)
    {
        (_telemetry, _time, _retry) = (telemetry, timeProvider, options.Resilience.Retry);
        Tally = new StoreTally(S3Telemetry.Store, timeProvider);
        _questions = new ResilienceExecutor(PolicyName, options.Resilience, S3FailureClassifier.Instance, timeProvider);
        // The same breaker and budget; how long a body may take is not the policy's to say.
        var policy = new ResiliencePolicyOptions
        {
            Retry = _retry,
            RetryOpenCircuit = options.Resilience.RetryOpenCircuit,
            AttemptTimeout = null,
            TotalTimeout = null,
        };
        _transfers = new ResilienceExecutor(PolicyName, policy, S3FailureClassifier.Instance, timeProvider, _questions);
    }

    internal BreakerState Breaker => _questions.CircuitBreaker?.State ?? BreakerState.Closed;

    internal StoreTally Tally { get; }

    /// <summary>Runs an operation to its end.</summary>
    /// <param name="operation">Which one.</param>
    /// <param name="key">The object it is about, for the exception; <c>default</c> for none.</param>
    /// <param name="state">Handed to every attempt.</param>
    /// <param name="attempt">Sends one request.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="StorageException">It failed for good.</exception>
    internal async ValueTask<T> RunAsync<TState, T>(
        S3Operation operation,
        ObjectKey key,
        TState state,
        Func<TState, CancellationToken, ValueTask<T>> attempt,
        CancellationToken cancellationToken
    )
    {
        var started = Tally.Begin();
        using var activity = _telemetry.Start(operation);
        var call = new S3Call<TState, T>(this, operation, state, attempt);
        try
        {
            var result = await SendAsync(call, cancellationToken).ConfigureAwait(false);
            Tally.Succeeded(operation.Method, started);
            return result;
        }
        catch (Exception failure) when (failure is not StorageException)
        {
            if (failure is OperationCanceledException && cancellationToken.IsCancellationRequested)
                throw;
            End(operation, activity, started, failure);
            if (failure is ArgumentException)
                throw;
            throw StorageFailure.Translate(failure, key, call.Attempts);
        }
    }

    /// <summary>An attempt is about to send its request.</summary>
    internal void Attempting(S3Operation operation, int number) => Tally.Attempt(operation.Method, isRetry: number > 1);

    // Refusals worth another try are no failures of the store: they are repeated here, outside the breaker, with the policy's waits.
    [SuppressMessage("Usage", "VSTHRD003", Justification = "The wait is this method's own.")]
    private async ValueTask<T> SendAsync<TState, T>(S3Call<TState, T> call, CancellationToken cancellationToken)
    {
        var executor = call.Operation.CarriesBody ? _transfers : _questions;
        var refusals = 0;
        while (true)
        {
            try
            {
                return await executor
                    .ExecuteAsync(call.Operation.Safety, call, static (call, token) => call.AttemptAsync(token), cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (AmazonServiceException refusal)
                when (S3AnswerCodes.IsWorthAnother(refusal.ErrorCode ?? string.Empty) && refusals < _retry.MaxRetries)
            {
                await Task.Delay(JitteredBackoff.GetDelay(_retry, refusals++, Chance.Next()), _time, cancellationToken)
                    .ConfigureAwait(false);
            }
        }
    }

    private void End(S3Operation operation, Activity? activity, long started, Exception failure)
    {
        S3Telemetry.Fail(activity, failure);
        var error = failure.GetType().FullName!;
        if (StorageFailure.IsAbsence(failure))
            Tally.Succeeded(operation.Method, started);
        else if (failure is CircuitOpenException)
            Tally.Rejected(operation.Method, started, error);
        else
            Tally.Failed(operation.Method, started, error);
    }
}
