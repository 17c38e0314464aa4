using System.Diagnostics.Metrics;

namespace LedgerLift.Storage;

/// <summary>The instruments that all stores share. Tags come from closed sets; no key and no bucket is ever a tag.</summary>
internal static class StorageMeter
{
    internal const string OperationTag = "rpc.method";
    internal const string ErrorTag = "error.type";
    internal const string StoreTag = "ledgerlift.storage.store";
    internal const string DirectionTag = "network.io.direction";

    private static readonly Meter Meter = new(StorageDiagnostics.MeterName);

    internal static Histogram<double> OperationDuration { get; } =
        Meter.CreateHistogram(
            "ledgerlift.storage.operation.duration",
            "s",
            "How long an operation of an object store took, retries included.",
            tags: null,
            new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
            }
        );

    internal static Counter<long> OperationAttempts { get; } =
        Meter.CreateCounter<long>("ledgerlift.storage.operation.attempts", "{attempt}", "Requests that were sent, repeats included.");

    internal static Counter<long> TransferBytes { get; } =
        Meter.CreateCounter<long>("ledgerlift.storage.transfer.bytes", "By", "Bytes of content that went to or came from a store.");

    internal static Counter<long> UploadReconciled { get; } =
        Meter.CreateCounter<long>("ledgerlift.storage.upload.reconciled", "{upload}", "Uploads whose reply was lost, by what was found.");
}
