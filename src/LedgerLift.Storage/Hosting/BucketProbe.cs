using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LedgerLift.Storage;

/// <summary>Asks the store once, for the health check.</summary>
internal static class BucketProbe
{
    /// <summary>Long enough for a busy store, short enough for whoever asks.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    internal static async Task<HealthCheckResult> AskAsync(S3ObjectStore store)
    {
        using var limit = new CancellationTokenSource(Longest, store.Time);
        try
        {
            await store.Requests.ProbeBucketAsync(limit.Token).ConfigureAwait(false);
            return HealthCheckResult.Healthy("The bucket answers.", Data(store));
        }
        catch (StorageException failure)
        {
            return HealthCheckResult.Unhealthy(failure.Message, exception: null, Data(store));
        }
        catch (OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy($"The store does not answer within {Longest:c}.", exception: null, Data(store));
        }
    }

    private static Dictionary<string, object> Data(S3ObjectStore store)
    {
        var statistics = store.GetStatistics();
        return new(StringComparer.Ordinal)
        {
            ["breaker"] = statistics.Breaker.ToString(),
            ["requests"] = statistics.Requests,
            ["failed"] = statistics.Failed,
            ["retries"] = statistics.Retries,
            ["rejected"] = statistics.Rejected,
            // So that whoever shows the answer can tell how old it is, and keeps it no longer himself.
            ["checkedAt"] = store.Time.GetUtcNow(),
        };
    }
}
