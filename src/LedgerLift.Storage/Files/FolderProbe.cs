using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LedgerLift.Storage;

/// <summary>Writes a file and removes it: a disk that is full, gone or read-only does not do that.</summary>
internal static class FolderProbe
{
    internal static async Task<HealthCheckResult> AskAsync(StoreFolders folders, TimeProvider time)
    {
        try
        {
            using (var writer = new ObjectFileWriter(folders, time))
                await writer.AppendAsync("probe"u8.ToArray(), CancellationToken.None).ConfigureAwait(false);
            return HealthCheckResult.Healthy("The store's folder can be written.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or StorageException)
        {
            // The exception's text names paths: its type is enough for whoever reads health.
            return HealthCheckResult.Unhealthy($"The store's folder cannot be written ({failure.GetType().Name}).");
        }
    }
}
