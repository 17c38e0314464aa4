using Microsoft.Extensions.Logging;

namespace LedgerLift.Storage;

/// <summary>What every part of the upload engine works with.</summary>
/// <param name="Options">The store's settings.</param>
/// <param name="Calls">The way to the wire.</param>
/// <param name="Wire">Sends bodies.</param>
/// <param name="Requests">Asks about objects.</param>
/// <param name="Uploads">Asks about uploads.</param>
/// <param name="Active">Uploads under way in this store, which nobody takes for left over.</param>
/// <param name="Buffers">Memory for parts.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Where it is told.</param>
internal sealed record UploadServices(
    StorageOptions Options,
    S3Calls Calls,
    S3Wire Wire,
    S3Requests Requests,
    S3UploadRequests Uploads,
    ActiveUploads Active,
    PartBufferPool Buffers,
    TimeProvider Time,
    ILogger Logger
);
