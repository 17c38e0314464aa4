using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace LedgerLift.AspNetCore;

/// <summary>
/// Asks one check, once at a time however many want to know, and waits for it only so long. A check that hangs is not started again before it has ended. An answer is kept for a
/// while, once: by the check itself if it says so, else here. Thread-safe.
/// </summary>
internal sealed class ComponentProbe(
    HealthCheckRegistration registration,
    IServiceScopeFactory scopes,
    LedgerLiftHealthOptions options,
    TimeProvider time,
    ILogger logger
)
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _timeout = registration.Timeout > TimeSpan.Zero ? registration.Timeout : options.CheckTimeout;
    private readonly TimeSpan _cacheDuration = options.CacheDuration;
    private Task<ComponentState>? _flight;
    private ComponentState? _kept;
    private long _keptAt;

    // Only the flight touches these, and there is one at a time.
    private Task _hanging = Task.CompletedTask;
    private HealthStatus _last = HealthStatus.Healthy;

    public string Name => registration.Name;

    public Task<ComponentState> CheckAsync(CancellationToken cancellationToken = default)
    {
        Task<ComponentState> flight;
        lock (_lock)
        {
            if (_kept is { } kept && time.GetElapsedTime(_keptAt) < _cacheDuration)
                return Task.FromResult(kept);

            // Not with the token of one who asks: others wait for the same answer.
            flight = _flight ??= Task.Run(FlyAsync, CancellationToken.None);
        }

        return flight.WaitAsync(cancellationToken);
    }

    private async Task<ComponentState> FlyAsync()
    {
        var started = time.GetTimestamp();
        var result = _hanging.IsCompleted ? await AskAsync().ConfigureAwait(false) : Failure("The check before this one has not ended.");
        Tell(result);
        var state = ComponentState.Of(Name, result, time.GetElapsedTime(started), time.GetUtcNow());
        lock (_lock)
        {
            _flight = null;
            (_kept, _keptAt) = (result.Data.ContainsKey(ComponentState.CheckedAtKey) ? null : state, time.GetTimestamp());
        }

        return state;
    }

    private async Task<HealthCheckResult> AskAsync()
    {
        // On a thread of its own: a check may block.
        var check = Task.Run(RunAsync, CancellationToken.None);
        try
        {
            return await check.WaitAsync(_timeout, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _hanging = check;
            return TimedOut();
        }
    }

    private async Task<HealthCheckResult> RunAsync()
    {
        using var limit = new CancellationTokenSource(_timeout, time);
        try
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                var check = registration.Factory(scope.ServiceProvider);
                return await check
                    .CheckHealthAsync(new HealthCheckContext { Registration = registration }, limit.Token)
                    .ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return TimedOut();
        }
#pragma warning disable CA1031 // A check that throws says that its component is not well; the log has the exception.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return Failure(ComponentState.FailureText(failure), failure);
        }
    }

    private void Tell(HealthCheckResult result)
    {
        if (result.Status == _last)
            return;

        _last = result.Status;
        if (result.Status is HealthStatus.Healthy)
            Log.ComponentRecovered(logger, Name);
        else
            Log.ComponentFailed(logger, result.Exception, Name, result.Status);
    }

    private HealthCheckResult TimedOut() => Failure("The check did not end in time.");

    private HealthCheckResult Failure(string description, Exception? failure = null) =>
        new(registration.FailureStatus, description, failure);
}
