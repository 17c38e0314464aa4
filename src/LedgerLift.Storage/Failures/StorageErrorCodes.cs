namespace LedgerLift.Storage;

/// <summary>The values of <see cref="StorageException.Code"/>. Constants, stable across versions.</summary>
public static class StorageErrorCodes
{
    /// <summary>The object is not there.</summary>
    public const string ObjectNotFound = "object_not_found";

    /// <summary>The object is there already, and the upload may only create.</summary>
    public const string PreconditionFailed = "precondition_failed";

    /// <summary>The store cannot be reached, does not answer in time or asks to slow down; or the circuit breaker is open.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>There is no such upload in parts: it never began, was aborted or swept, or its object was replaced after it was completed.</summary>
    public const string UploadNotFound = "upload_not_found";

    /// <summary>Parts of an upload are missing or have another size than announced.</summary>
    public const string UploadIncomplete = "upload_incomplete";

    /// <summary>What is stored, or what arrived, has another hash or length than it must have.</summary>
    public const string ContentMismatch = "content_mismatch";

    /// <summary>The store refused the request: rights, credentials, bucket, or a request it does not know.</summary>
    public const string Refused = "refused";
}
