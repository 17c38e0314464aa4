using LedgerLift.Resilience;

namespace LedgerLift.Storage;

/// <summary>One kind of request, under S3's own name, and whether it may be sent twice.</summary>
/// <param name="Method">S3's name: the value of the tag <c>rpc.method</c>.</param>
/// <param name="Safety">What a lost answer means.</param>
/// <param name="CarriesBody">Whether a body moves, or the store works long: such requests have the limits of transfers and not the policy's total timeout.</param>
internal sealed record S3Operation(string Method, OperationSafety Safety, bool CarriesBody = false)
{
    // Writing the same bytes again is the same object. With a condition, the second try may be refused because of the first: the engine looks whose object it is.
    internal static readonly S3Operation PutObject = new("PutObject", OperationSafety.Idempotent, CarriesBody: true);
    internal static readonly S3Operation UploadPart = new("UploadPart", OperationSafety.Idempotent, CarriesBody: true);

    // Up to the headers; the body is read, and resumed, by whoever reads the stream.
    internal static readonly S3Operation GetObject = new("GetObject", OperationSafety.Idempotent);
    internal static readonly S3Operation HeadObject = new("HeadObject", OperationSafety.Idempotent);
    internal static readonly S3Operation HeadBucket = new("HeadBucket", OperationSafety.Idempotent);
    internal static readonly S3Operation DeleteObject = new("DeleteObject", OperationSafety.Idempotent);
    internal static readonly S3Operation ListObjects = new("ListObjectsV2", OperationSafety.Idempotent);
    internal static readonly S3Operation ListVersions = new("ListObjectVersions", OperationSafety.Idempotent);

    // A second upload beside a first one whose answer was lost holds no parts and is removed at the end: see UploadBirth.
    internal static readonly S3Operation CreateUpload = new("CreateMultipartUpload", OperationSafety.Idempotent);

    // A second completion finds no upload: the engine looks whose object is there. S3 may work on it for minutes.
    internal static readonly S3Operation CompleteUpload = new("CompleteMultipartUpload", OperationSafety.Idempotent, CarriesBody: true);
    internal static readonly S3Operation AbortUpload = new("AbortMultipartUpload", OperationSafety.Idempotent);
    internal static readonly S3Operation ListParts = new("ListParts", OperationSafety.Idempotent);
    internal static readonly S3Operation ListUploads = new("ListMultipartUploads", OperationSafety.Idempotent);
}
