using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DocumentPipeline;

/// <summary>Whether the folder still takes what is written.</summary>
internal sealed class FolderHealthCheck(FolderJournal journal) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var documents = await journal.ReadAsync(state => state.Documents.Count, cancellationToken);
        var data = new Dictionary<string, object>(StringComparer.Ordinal) { ["documents"] = documents };
        return journal.IsBroken
            ? HealthCheckResult.Unhealthy("The journal cannot be written.", exception: null, data)
            : HealthCheckResult.Healthy(description: null, data);
    }
}
