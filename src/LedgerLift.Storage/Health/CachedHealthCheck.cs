using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LedgerLift.Storage;

/// <summary>Asks at most once at a time and once in a while; everybody who asks meanwhile is given the same answer. Thread-safe.</summary>
internal sealed class CachedHealthCheck(Func<Task<HealthCheckResult>> probe, TimeSpan cacheDuration, TimeProvider time) : IHealthCheck
{
    private readonly Lock _lock = new();
    private Task<HealthCheckResult>? _running;
    private HealthCheckResult _last;
    private long? _lastAt;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        Task<HealthCheckResult> answer;
        lock (_lock)
        {
            if (_lastAt is { } at && time.GetElapsedTime(at) < cacheDuration)
                return Task.FromResult(_last);
            // Not with the token of one who asks: others wait for the same answer.
            answer = _running ??= Task.Run(ProbeAsync, CancellationToken.None);
        }

        return answer.WaitAsync(cancellationToken);
    }

    private async Task<HealthCheckResult> ProbeAsync()
    {
        HealthCheckResult? result = null;
        try
        {
            result = await probe().ConfigureAwait(false);
            return result.Value;
        }
        finally
        {
            lock (_lock)
            {
                _running = null;
                if (result is { } answered)
                    (_last, _lastAt) = (answered, time.GetTimestamp());
            }
        }
    }
}
