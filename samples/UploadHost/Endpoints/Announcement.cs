using System.Buffers;
using DocumentPipeline;
using LedgerLift.Resilience;
using LedgerLift.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace UploadHost;

/// <summary>Judges what a client announces before it may upload, and whether the store could take it now.</summary>
internal sealed class Announcement(UploadPolicy policy, IObjectStore store, HealthCheckService health, TimeProvider time)
{
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>A reservation for what was announced; it has no expiry yet.</summary>
    /// <exception cref="RefusedException"><c>validation_failed</c>, <c>file_too_large</c>.</exception>
    /// <exception cref="StorageUnavailableException">The store does not answer.</exception>
    public async Task<UploadReservation> CheckAsync(PresignRequest request, string userId, CancellationToken cancellationToken)
    {
        var errors = new List<FieldError>();
        var verdict = policy.Check(request.FileName, request.ContentType, request.FileSize ?? 0);
        errors.AddRange(verdict.Faults.Select(fault => new FieldError(fault.Field, fault.Code, fault.Message)));
        AddHexFault(errors, "sha256", request.Sha256, digits: 64);
        AddHexFault(errors, "md5", request.Md5, digits: 32);
        if (errors is [{ Code: "file_too_large" } tooLarge])
            throw new RefusedException(RefusalCodes.FileTooLarge, tooLarge.Message) { Errors = errors };
        if (errors.Count > 0)
            throw RefusedException.Invalid(errors);
        var key = ObjectKey.ForUpload(verdict.SafeFileName!, time.GetUtcNow(), Guid.CreateVersion7(time.GetUtcNow()));
        await CheckStoreAsync(key, cancellationToken);
        return new UploadReservation(key.Value, userId, verdict.SafeFileName!, request.ContentType!, request.FileSize!.Value)
        {
            Sha256 = LowerHex(request.Sha256),
            Md5 = LowerHex(request.Md5),
        };
    }

    private static string? LowerHex(string? digits) => digits is null ? null : Convert.ToHexStringLower(Convert.FromHexString(digits));

    private static void AddHexFault(List<FieldError> errors, string field, string? value, int digits)
    {
        if (value is not null && (value.Length != digits || value.AsSpan().ContainsAnyExcept(Hex)))
            errors.Add(new FieldError(field, $"{field}_invalid", $"Give {digits} hexadecimal digits, or leave it out."));
    }

    // A URL for a store that is down is a promise nobody keeps. Signing asks nobody, so ask here: the cached health while the
    // breaker is closed; a real request when it is not, which is refused at once or is the probe that closes it again.
    private async Task CheckStoreAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (store.GetStatistics().Breaker != BreakerState.Closed)
        {
            await store.FindAsync(key, cancellationToken);
            return;
        }

        var report = await health.CheckHealthAsync(check => check.Name == "s3", cancellationToken);
        if (report.Status == HealthStatus.Unhealthy)
            throw new StorageUnavailableException("The object store does not answer.") { RetryAfter = TimeSpan.FromSeconds(5) };
    }
}
