using System.Diagnostics;
using Amazon.Runtime;

namespace LedgerLift.Storage;

/// <summary>
/// Spans of requests. Names of tags are those of OpenTelemetry's conventions for AWS; no key ever stands in one, since file names are personal data.
/// Thread-safe.
/// </summary>
internal sealed class S3Telemetry(string bucket, string serverAddress)
{
    /// <summary>How metrics tell this kind of store from others.</summary>
    internal const string Store = "s3";

    private static readonly ActivitySource Source = new(StorageDiagnostics.ActivitySourceName);

    internal Activity? Start(S3Operation operation)
    {
        if (!Source.HasListeners())
            return null;
        return Source
            .StartActivity($"S3/{operation.Method}", ActivityKind.Client)
            ?.SetTag("rpc.system", "aws-api")
            .SetTag("rpc.service", "S3")
            .SetTag(StorageMeter.OperationTag, operation.Method)
            .SetTag("aws.s3.bucket", bucket)
            .SetTag("server.address", serverAddress);
    }

    internal static void Fail(Activity? activity, Exception failure)
    {
        if (activity is null)
            return;
        activity.SetTag(StorageMeter.ErrorTag, failure.GetType().FullName);
        if (failure is AmazonServiceException { RequestId: { Length: > 0 } requestId })
            activity.SetTag("aws.request_id", requestId);
        // A refusal is an answer, as for HTTP: 4xx is no error of the span.
        if (!StorageFailure.IsRefusal(failure))
            activity.SetStatus(ActivityStatusCode.Error);
    }

    internal static void Reconciled(S3Operation operation, bool stored)
    {
        if (StorageMeter.UploadReconciled.Enabled)
            StorageMeter.UploadReconciled.Add(
                1,
                new(StorageMeter.OperationTag, operation.Method),
                new("ledgerlift.storage.outcome", stored ? "stored" : "not_stored"),
                new(StorageMeter.StoreTag, Store)
            );
    }
}
