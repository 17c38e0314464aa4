namespace LedgerLift.Storage;

/// <summary>What a client is told about a failure: a status and a word of S3, nothing of the inside. Pure.</summary>
internal static class SignedFailures
{
    /// <summary>A refusal on the way through the store.</summary>
    internal static StorageException Refusal(string s3Code) =>
        new(StorageErrorCodes.Refused, "The signed request was refused.") { S3Code = s3Code };

    internal static SignedRequestResult ToResult(StorageException failure)
    {
        var (status, code) = failure switch
        {
            ObjectNotFoundException => (404, "NoSuchKey"),
            PreconditionFailedException => (412, "PreconditionFailed"),
            { Code: StorageErrorCodes.UploadNotFound } => (404, "NoSuchUpload"),
            { Code: StorageErrorCodes.ContentMismatch, S3Code: { } mismatch } => (400, mismatch),
            { Code: StorageErrorCodes.Refused, S3Code: "MalformedPOSTRequest" } => (400, "MalformedPOSTRequest"),
            { Code: StorageErrorCodes.Refused, S3Code: { } refusal } => (403, refusal),
            { IsTransient: true } => (503, "ServiceUnavailable"),
            _ => (500, "InternalError"),
        };
        return SignedRequestResult.Refused(status, code);
    }
}
